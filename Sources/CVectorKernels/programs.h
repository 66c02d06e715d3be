// Whole programs, forward and back. Included by tile_loops.h, once for each precision and instruction set.

// A program's opening rotations, at most one a qubit, turn |0..0> into a product state. It is built qubit by
// qubit: `prefixes` gets the products of the first q qubits, q = 1, 2, ..., one after the other; the product of all goes
// to `state`, where given.
static void SYMBOL(open_tile)(const qmtl_program *program, const REAL *angles, size_t stride, V *factors,
                              V *prefixes, V *state) {
    for (int q = 0; q < program->qubits; q++) {
        V *factor = factors + 4 * q;
        for (int c = 0; c < 4; c++) factor[c] = SYMBOL(splat)(c == 0);
    }
    for (int o = 0; o < program->opening_count; o++) {
        const qmtl_operation *operation = program->operations + o;
        V *factor = factors + 4 * operation->qubit;
        SU2 u = SYMBOL(fused)(program, operation, angles, stride);
        factor[0] = u.ar; factor[1] = u.ai; factor[2] = u.br; factor[3] = u.bi;
    }
    const V *before = 0;
    for (int q = 0; q < program->qubits - (state == 0); q++) {
        const V *factor = factors + 4 * q;
        size_t half = (size_t)1 << q;
        V *after = q + 1 == program->qubits ? state : prefixes;
        for (size_t i = 0; i < half; i++) {
            V r = before ? before[2 * i] : SYMBOL(splat)(1), m = before ? before[2 * i + 1] : SYMBOL(splat)(0);
            after[2 * (i + half)] = factor[2] * r - factor[3] * m;
            after[2 * (i + half) + 1] = factor[2] * m + factor[3] * r;
            after[2 * i] = factor[0] * r - factor[1] * m;
            after[2 * i + 1] = factor[0] * m + factor[1] * r;
        }
        before = after;
        prefixes += 4 * half;
    }
}

static void SYMBOL(forward_tile)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                 V *state) {
    size_t dimension = (size_t)1 << program->qubits;
    if (program->qubits == 0) {
        state[0] = SYMBOL(splat)(1);
        state[1] = SYMBOL(splat)(0);
        return;
    }
    SYMBOL(open_tile)(program, angles, stride, scratch, scratch + 4 * program->qubits, state);
    if (program->layer_count) {
        SYMBOL(forward_layers)(program, angles, stride, scratch, state);
        return;
    }
    for (int o = program->opening_count; o < program->operation_count; o++) {
        const qmtl_operation *operation = program->operations + o;
        if (operation->factor_count == 0) {
            SYMBOL(negate)(state, dimension, program->signs + operation->first * dimension);
        } else {
            SU2 u = SYMBOL(fused)(program, operation, angles, stride);
            SYMBOL(rotate_pairs)(state, 0, dimension / 2, operation->qubit, u);
        }
    }
}

// The gradients of the opening rotations. The dual is contracted with the product state from the last qubit down; what
// is left of it at qubit q, contracted with the product of the qubits below, is the qubit's environment. `factors` and
// `prefixes` are as `open_tile` leaves them.
static void SYMBOL(close_tile)(const qmtl_program *program, const REAL *angles, size_t stride, const V *factors,
                               const V *prefixes, V *dual, REAL *gradients) {
    int o = program->opening_count - 1;
    for (int q = program->qubits - 1; q >= 0 && o >= 0; q--) {
        const V *factor = factors + 4 * q;
        size_t half = (size_t)1 << q;
        const V *below = q > 0 ? prefixes + 2 * half - 4 : 0;  // after those of 1, ..., q - 1 qubits
        V *low = dual, *high = dual + 2 * half;
        if (program->operations[o].qubit == q) {
            V e[4] = {{0}, {0}, {0}, {0}};  // sum over the rest of conj(dual) * below, for the qubit's 0 and 1
            for (size_t i = 0; i < half; i++) {
                V r = below ? below[2 * i] : SYMBOL(splat)(1), m = below ? below[2 * i + 1] : SYMBOL(splat)(0);
                e[0] += low[2 * i] * r + low[2 * i + 1] * m;
                e[1] += low[2 * i] * m - low[2 * i + 1] * r;
                e[2] += high[2 * i] * r + high[2 * i + 1] * m;
                e[3] += high[2 * i] * m - high[2 * i + 1] * r;
            }
            V r0 = factor[0], i0 = factor[1], r1 = factor[2], i1 = factor[3];
            V projections[3] = {
                e[0] * i1 + e[1] * r1 + e[2] * i0 + e[3] * r0,
                e[2] * r0 - e[3] * i0 - e[0] * r1 + e[1] * i1,
                e[0] * i0 + e[1] * r0 - e[2] * i1 - e[3] * r1,
            };
            SYMBOL(factor_gradients)(program, program->operations + o, angles, stride, projections, gradients);
            o--;
        }
        // dual_i <- sum_s conj(psi_s) dual_(s,i), so that conj(dual) stays the bra of what is left.
        for (size_t i = 0; i < half; i++) {
            V r0 = low[2 * i], i0 = low[2 * i + 1], r1 = high[2 * i], i1 = high[2 * i + 1];
            low[2 * i] = factor[0] * r0 + factor[1] * i0 + factor[2] * r1 + factor[3] * i1;
            low[2 * i + 1] = factor[0] * i0 - factor[1] * r0 + factor[2] * i1 - factor[3] * r1;
        }
    }
}

// The operations behind the opening one by one, backwards.
INLINE void SYMBOL(adjoint_operations)(const qmtl_program *program, const REAL *angles, size_t stride, V *state,
                                       V *dual, REAL *gradients) {
    size_t dimension = (size_t)1 << program->qubits;
    for (int o = program->operation_count - 1; o >= program->opening_count; o--) {
        const qmtl_operation *operation = program->operations + o;
        if (operation->factor_count == 0) {
            const uint8_t *signs = program->signs + operation->first * dimension;
            SYMBOL(negate)(state, dimension, signs);
            SYMBOL(negate)(dual, dimension, signs);
        } else {
            V projections[3];
            SU2 u = SYMBOL(fused)(program, operation, angles, stride);
            SYMBOL(unrotate)(state, dual, 0, dimension / 2, operation->qubit, u, 0, projections);
            SYMBOL(factor_gradients)(program, operation, angles, stride, projections, gradients);
        }
    }
}

static void SYMBOL(adjoint_tile)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                 V *state, V *dual, REAL *gradients) {
    if (program->qubits == 0) return;
    if (program->layer_count) SYMBOL(adjoint_layers)(program, angles, stride, scratch, state, dual, gradients);
    else SYMBOL(adjoint_operations)(program, angles, stride, state, dual, gradients);
    V *prefixes = scratch + 4 * program->qubits;
    SYMBOL(open_tile)(program, angles, stride, scratch, prefixes, 0);
    SYMBOL(close_tile)(program, angles, stride, scratch, prefixes, dual, gradients);
}
