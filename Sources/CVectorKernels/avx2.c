#include "prelude.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma"), min_vector_width(256))), apply_to = function)
#define ISA avx2
#define VECTOR_BYTES 32
#include "instruction_set.h"
#pragma clang attribute pop
#endif
