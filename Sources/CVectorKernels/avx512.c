#include "prelude.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define ISA avx512
#define VECTOR_BYTES 64
#include "instruction_set.h"
#pragma clang attribute pop
#endif
