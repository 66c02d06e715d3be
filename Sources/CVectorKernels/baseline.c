#include "prelude.h"

#define ISA baseline
#define VECTOR_BYTES 16
#include "instruction_set.h"
