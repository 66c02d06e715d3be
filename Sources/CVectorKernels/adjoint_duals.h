// One state and many duals taken back through a program. Included by tile_loops.h, once for each precision and instruction set.

// Undoes a fused rotation on a dual, and gives Im <dual| P |state> for P = X, Y, Z, taken behind it.
INLINE void SYMBOL(unrotate_dual)(const V *state, V *dual, size_t pairs, int qubit, SU2 u, V projections[3]) {
    V x = {0}, y = {0}, z = {0};
    EACH_PAIR(0, pairs, qubit) {
        const V *s0 = state + 2 * low, *s1 = state + 2 * (low + half);
        V *d0 = dual + 2 * low, *d1 = dual + 2 * (low + half);
        V r0 = s0[0], i0 = s0[1], r1 = s1[0], i1 = s1[1];
        V p0 = d0[0], q0 = d0[1], p1 = d1[0], q1 = d1[1];
        x += p0 * i1 - q0 * r1 + p1 * i0 - q1 * r0;
        y += p1 * r0 + q1 * i0 - p0 * r1 - q0 * i1;
        z += p0 * i0 - q0 * r0 - p1 * i1 + q1 * r1;
        d0[0] = u.ar * p0 + u.ai * q0 + u.br * p1 + u.bi * q1;
        d0[1] = u.ar * q0 - u.ai * p0 + u.br * q1 - u.bi * p1;
        d1[0] = u.ar * p1 - u.ai * q1 - u.br * p0 + u.bi * q0;
        d1[1] = u.ar * q1 + u.ai * p1 - u.br * q0 - u.bi * p0;
    }
    projections[0] = x;
    projections[1] = y;
    projections[2] = z;
}

// As `adjoint_tile` for `count` duals of one state that starts in |0..0>: the state goes back once, and each fused rotation
// is computed once. Dual d and its gradients are `dual_size` vectors and `gradient_size` numbers behind those before.
static void SYMBOL(adjoint_duals_tile)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                       V *state, V *duals, size_t dual_size, int count, REAL *gradients,
                                       size_t gradient_size) {
    if (program->qubits == 0) return;
    size_t dimension = (size_t)1 << program->qubits;
    for (int o = program->operation_count - 1; o >= program->opening_count; o--) {
        const qmtl_operation *operation = program->operations + o;
        if (operation->factor_count == 0) {
            const uint8_t *signs = program->signs + operation->first * dimension;
            SYMBOL(negate)(state, dimension, signs);
            for (int d = 0; d < count; d++) SYMBOL(negate)(duals + d * dual_size, dimension, signs);
            continue;
        }
        SU2 u = SYMBOL(fused)(program, operation, angles, stride);
        for (int d = 0; d < count; d++) {
            V projections[3];
            SYMBOL(unrotate_dual)(state, duals + d * dual_size, dimension / 2, operation->qubit, u, projections);
            SYMBOL(factor_gradients)(program, operation, angles, stride, projections, gradients + d * gradient_size);
        }
        SYMBOL(rotate_pairs)(state, 0, dimension / 2, operation->qubit, SYMBOL(inverse)(u));
    }
    V *prefixes = scratch + 4 * program->qubits;
    SYMBOL(open_tile)(program, angles, stride, 0, scratch, prefixes, 0);
    for (int d = 0; d < count; d++) {
        SYMBOL(close_tile)(program, angles, stride, scratch, prefixes, duals + d * dual_size,
                           gradients + d * gradient_size);
    }
}
