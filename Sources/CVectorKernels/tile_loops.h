// The loops over one tile of lanes, compiled once for each precision and instruction set.
// The including file defines REAL, WIDTH (lanes per vector) and SYMBOL(name).

typedef REAL SYMBOL(vector) __attribute__((vector_size(WIDTH * sizeof(REAL))));
#define V SYMBOL(vector)
#define INLINE static inline __attribute__((always_inline))

// An element of SU(2): [[a, -conj(b)], [b, conj(a)]].
typedef struct {
    V ar, ai, br, bi;
} SYMBOL(su2);
#define SU2 SYMBOL(su2)

#include "registers.h"
#include "rotations.h"
#include "turns.h"
#include "layers.h"
#include "layers_adjoint.h"
#include "programs.h"
#include "adjoint_duals.h"

// The entry points: lanes in vectors of WIDTH.

#define EACH_VECTOR for (size_t v = 0; v < lanes / WIDTH; v++)
#define STATE(states, qubits) ((V *)(states) + v * 2 * ((size_t)1 << (qubits)))
#define LANE (first_lane + v * WIDTH)

void SYMBOL(forward)(const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,
                     REAL *scratch, REAL *states) {
    EACH_VECTOR SYMBOL(forward_tile)(program, angles + LANE, stride, (V *)scratch, STATE(states, program->qubits));
}

void SYMBOL(reduce)(const qmtl_register *reg, const REAL *states, size_t first_lane, size_t lanes, REAL *reduced,
                    size_t stride) {
    EACH_VECTOR SYMBOL(reduce_tile)(reg, STATE(states, reg->qubits), reduced + LANE, stride);
}

void SYMBOL(apply)(const qmtl_register *reg, const REAL *matrices, size_t stride, size_t first_lane, size_t lanes,
                   const REAL *states, int add, REAL *duals) {
    EACH_VECTOR SYMBOL(apply_tile)(reg, matrices + LANE, stride, STATE(states, reg->qubits), add,
                                   STATE(duals, reg->qubits));
}

void SYMBOL(adjoint)(const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,
                     REAL *scratch, REAL *states, REAL *duals, REAL *gradients) {
    EACH_VECTOR SYMBOL(adjoint_tile)(program, angles + LANE, stride, (V *)scratch, STATE(states, program->qubits),
                                     STATE(duals, program->qubits), gradients + LANE);
}

void SYMBOL(adjoint_duals)(const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane,
                           size_t lanes, REAL *scratch, REAL *states, REAL *duals, size_t dual_size, int count,
                           REAL *gradients, size_t gradient_size) {
    EACH_VECTOR SYMBOL(adjoint_duals_tile)(program, angles + LANE, stride, (V *)scratch,
                                           STATE(states, program->qubits), STATE(duals, program->qubits),
                                           dual_size / WIDTH, count, gradients + LANE, gradient_size);
}

#include "task_blocks.h"
#include "transfer.h"
#include "wide_states.h"

#undef EACH_VECTOR
#undef BLOCK_MATRIX
#undef STATE
#undef LANE
#undef V
#undef EACH_PAIR
#undef PASS
#undef OVERLAPS
#undef PREPARED
#undef PASSES
#undef EACH_PASS
#undef DIAGONAL_SIZE
#undef BLOCK_QUBITS
#undef SU2
#undef INLINE
