// Noisy circuits in the Pauli basis: states are the expectation values of all Pauli operators, duals are observables.
// Included by tile_loops.h, once for each precision and instruction set. Entry i of a state is the vector at i; i has a
// base-4 digit (I, X, Y, Z) per qubit, the first qubit's lowest.

#include "transfer_chains.h"
#include "transfer_steps.h"

#define SPAN(qubits) ((size_t)1 << 2 * (qubits))

// Work space: the matrices of all steps, factor by factor; their gradients; a chain of the opening; the opening's four
// numbers per qubit and the products of the first 1, 2, ... qubits; a spare state.
#define CHAIN(program, scratch, o) ((AFFINE *)(scratch) + (program)->operations[o].first + (o))
#define SLOPES(program, scratch) ((AFFINE *)(scratch) + (program)->factor_count + (program)->operation_count)
#define OPENING_CHAIN(program, scratch) (SLOPES(program, scratch) + (program)->operation_count)
#define PARTS(program, scratch) ((V *)(OPENING_CHAIN(program, scratch) + (program)->longest_chain + 1))
#define SPARE(program, scratch) (PARTS(program, scratch) + 4 * (program)->opening_qubits + SPAN((program)->opening_qubits))

// Fuses the matrices of all steps and forgets their gradients.
static void SYMBOL(prepare_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                     V *scratch) {
    for (int o = 0; o < program->operation_count; o++) {
        const qmtl_transfer_operation *operation = program->operations + o;
        if (operation->kind != QMTL_TRANSFER_SINGLE) continue;
        SYMBOL(chain)(program->factors + operation->first, operation->factor_count, angles, stride,
                      CHAIN(program, scratch, o));
    }
    memset(SLOPES(program, scratch), 0, program->operation_count * sizeof(AFFINE));
}

static void SYMBOL(run_transfer)(const qmtl_transfer_program *program, V *scratch, V *state, V *tape) {
    for (int o = 0; o < program->operation_count; o++) {
        const qmtl_transfer_operation *operation = program->operations + o;
        switch (operation->kind) {
        case QMTL_TRANSFER_SINGLE:
            if (tape && operation->has_angle) {
                tape = SYMBOL(single)(CHAIN(program, scratch, o) + operation->factor_count, operation, state, tape);
            } else {
                SYMBOL(single)(CHAIN(program, scratch, o) + operation->factor_count, operation, state, 0);
            }
            break;
        case QMTL_TRANSFER_PAIR: SYMBOL(pair)(program->matrices + operation->first, operation, state); break;
        case QMTL_TRANSFER_BOND:
            SYMBOL(bond)(program->factors + operation->first, operation, SPARE(program, scratch), state);
            break;
        case QMTL_TRANSFER_KEEP: SYMBOL(keep)(operation, state); break;
        }
    }
}

// Takes a dual back; with a tape, adds to the gradients of the steps' matrices.
static void SYMBOL(run_transfer_back)(const qmtl_transfer_program *program, V *scratch, const V *tape, V *dual) {
    if (tape) tape += program->tape_size;
    for (int o = program->operation_count - 1; o >= 0; o--) {
        const qmtl_transfer_operation *operation = program->operations + o;
        const AFFINE *product = CHAIN(program, scratch, o) + operation->factor_count;
        switch (operation->kind) {
        case QMTL_TRANSFER_SINGLE:
            if (tape && operation->has_angle) {
                tape = SYMBOL(single_slope)(product, operation, tape, dual, SLOPES(program, scratch) + o);
            } else {
                SYMBOL(single_dual)(product, operation, dual);
            }
            break;
        case QMTL_TRANSFER_PAIR: SYMBOL(pair)(program->matrices + operation->first + 1, operation, dual); break;
        case QMTL_TRANSFER_BOND:
            SYMBOL(bond_dual)(program->factors + operation->first, operation, SPARE(program, scratch), dual);
            break;
        case QMTL_TRANSFER_KEEP: SYMBOL(keep_dual)(operation, dual); break;
        }
    }
}

// Takes the gradients of the steps' matrices to those of the angles.
static void SYMBOL(finish_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                    V *scratch, REAL *gradients) {
    for (int o = 0; o < program->operation_count; o++) {
        const qmtl_transfer_operation *operation = program->operations + o;
        if (!operation->has_angle) continue;
        SYMBOL(chain_gradients)(program->factors + operation->first, operation->factor_count, angles, stride,
                                CHAIN(program, scratch, o), SLOPES(program, scratch) + o, gradients);
    }
}

// The product state behind the opening; to `state` where given.
static void SYMBOL(open_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride, V *scratch,
                                  V *state) {
    int qubits = program->opening_qubits;
    V *parts = PARTS(program, scratch), *prefixes = parts + 4 * qubits;
    AFFINE *chain = OPENING_CHAIN(program, scratch);
    const V *before = 0;
    for (int q = 0; q < qubits; q++) {
        const qmtl_transfer_operation *opening = program->opening + q;
        V *own = parts + 4 * q;
        SYMBOL(chain)(program->factors + opening->first, opening->factor_count, angles, stride, chain);
        const AFFINE *a = chain + opening->factor_count;
        own[0] = SYMBOL(splat)(1);
        for (int r = 0; r < 3; r++) own[r + 1] = a->m[r][0] + a->m[r][3];
        if (q + 1 == qubits && !state) return;
        size_t size = SPAN(q);
        V *after = q + 1 == qubits ? state : prefixes;
        for (int c = 3; c >= 0; c--) {
            for (size_t i = 0; i < size; i++) after[c * size + i] = before ? own[c] * before[i] : own[c];
        }
        before = after;
        prefixes += 4 * size;
    }
    if (qubits == 0 && state) state[0] = SYMBOL(splat)(1);
}

// Takes a dual back through the opening: contracted with the other qubits' parts of the product state, from the last
// qubit down, it is the gradient of one qubit's part.
static void SYMBOL(close_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                   V *scratch, V *dual, REAL *gradients) {
    int qubits = program->opening_qubits;
    AFFINE *chain = OPENING_CHAIN(program, scratch);
    SYMBOL(open_transfer)(program, angles, stride, scratch, 0);
    const V *parts = PARTS(program, scratch), *prefix = parts + 4 * qubits;
    for (int q = 0; q + 2 < qubits; q++) prefix += SPAN(q + 1);
    for (int q = qubits - 1; q >= 0; q--) {
        const qmtl_transfer_operation *opening = program->opening + q;
        size_t size = SPAN(q);
        if (opening->has_angle) {
            AFFINE slope;
            for (int r = 0; r < 3; r++) {
                V sum = {0};
                for (size_t i = 0; i < size; i++) {
                    sum += q == 0 ? dual[r + 1] : dual[(r + 1) * size + i] * prefix[i];
                }
                slope.m[r][0] = slope.m[r][3] = sum;
                slope.m[r][1] = slope.m[r][2] = SYMBOL(splat)(0);
            }
            const qmtl_transfer_factor *factors = program->factors + opening->first;
            SYMBOL(chain)(factors, opening->factor_count, angles, stride, chain);
            SYMBOL(chain_gradients)(factors, opening->factor_count, angles, stride, chain, &slope, gradients);
        }
        const V *own = parts + 4 * q;
        for (size_t i = 0; i < size; i++) {
            dual[i] += own[1] * dual[size + i] + own[2] * dual[2 * size + i] + own[3] * dual[3 * size + i];
        }
        if (q > 1) prefix -= SPAN(q - 1);
    }
}

static void SYMBOL(transfer_forward_tile)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                          const REAL *start, size_t start_stride, V *scratch, V *state, V *tape) {
    SYMBOL(prepare_transfer)(program, angles, stride, scratch);
    if (program->opening) {
        SYMBOL(open_transfer)(program, angles, stride, scratch, state);
    } else {
        for (size_t i = 0; i < program->start_size; i++) state[i] = *(const V *)(start + i * start_stride);
    }
    SYMBOL(run_transfer)(program, scratch, state, tape);
}

static void SYMBOL(transfer_adjoint_tile)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                          V *scratch, const V *tape, V *dual, REAL *gradients) {
    SYMBOL(prepare_transfer)(program, angles, stride, scratch);
    SYMBOL(run_transfer_back)(program, scratch, tape, dual);
    if (!gradients) return;
    SYMBOL(finish_transfer)(program, angles, stride, scratch, gradients);
    if (program->opening) SYMBOL(close_transfer)(program, angles, stride, scratch, dual, gradients);
}

#include "transfer_split.h"

#define TRANSFER_STATE(states, program) ((V *)(states) + v * (program)->peak_size)

void SYMBOL(transfer_forward)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                              const REAL *start, size_t start_stride, size_t first_lane, size_t lanes, REAL *scratch,
                              REAL *states, REAL *tape) {
    EACH_VECTOR SYMBOL(transfer_forward_tile)(program, angles + LANE, stride, start ? start + LANE : 0, start_stride,
                                              (V *)scratch, TRANSFER_STATE(states, program),
                                              tape ? (V *)tape + v * program->tape_size : 0);
}

void SYMBOL(transfer_adjoint)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                              size_t first_lane, size_t lanes, REAL *scratch, const REAL *tape, REAL *duals,
                              REAL *gradients) {
    EACH_VECTOR SYMBOL(transfer_adjoint_tile)(program, angles + LANE, stride, (V *)scratch,
                                              tape ? (const V *)tape + v * program->tape_size : 0,
                                              TRANSFER_STATE(duals, program), gradients ? gradients + LANE : 0);
}

// The entry of a state that belongs to a Pauli operator on a register.
INLINE size_t SYMBOL(place)(const qmtl_register *reg, size_t index) {
    size_t place = 0;
    for (int k = 0; k < reg->width; k++) place |= (index >> 2 * k & 3) << 2 * reg->positions[k];
    return place;
}

void SYMBOL(transfer_read)(const qmtl_register *reg, const REAL *states, size_t state_size, size_t first_lane,
                           size_t lanes, REAL *rows, size_t stride) {
    EACH_VECTOR for (size_t i = 0; i < SPAN(reg->width); i++) {
        *(V *)(rows + i * stride + LANE) = ((const V *)states + v * state_size)[SYMBOL(place)(reg, i)];
    }
}

void SYMBOL(transfer_write)(const qmtl_register *reg, const REAL *rows, size_t stride, size_t first_lane,
                            size_t lanes, REAL *states, size_t state_size) {
    EACH_VECTOR for (size_t i = 0; i < SPAN(reg->width); i++) {
        ((V *)states + v * state_size)[SYMBOL(place)(reg, i)] += *(const V *)(rows + i * stride + LANE);
    }
}

#undef AFFINE
#undef EACH_QUARTET
#undef EACH
#undef EACH_OF_PAIR
#undef SPAN
#undef CHAIN
#undef SLOPES
#undef OPENING_CHAIN
#undef PARTS
#undef SPARE
#undef TRANSFER_STATE
