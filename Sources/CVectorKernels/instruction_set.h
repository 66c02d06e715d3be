// Compiles the tile loops for one instruction set, in both precisions.
// The including file defines ISA (a name) and VECTOR_BYTES, and has included prelude.h.

#define JOIN_(a, b, c, d) a##b##_##c##_##d
#define JOIN(name, isa, precision) JOIN_(qmtl_, name, isa, precision)

#define REAL float
#define WIDTH (VECTOR_BYTES / 4)
#define SYMBOL(name) JOIN(name, ISA, float)
#include "half_angle.h"
#include "tile_loops.h"
#undef REAL
#undef WIDTH
#undef SYMBOL

// Double precision is for checks, so its sines come from the C library.
#define REAL double
#define WIDTH (VECTOR_BYTES / 8)
#define SYMBOL(name) JOIN(name, ISA, double)
typedef double SYMBOL(angle) __attribute__((vector_size(VECTOR_BYTES)));
static inline void SYMBOL(half_angle)(SYMBOL(angle) a, SYMBOL(angle) *cosine, SYMBOL(angle) *sine) {
    for (int lane = 0; lane < WIDTH; lane++) {
        (*cosine)[lane] = cos(0.5 * a[lane]);
        (*sine)[lane] = sin(0.5 * a[lane]);
    }
}
#include "tile_loops.h"
