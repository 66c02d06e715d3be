// One state and many duals taken back through a program. Included by tile_loops.h, once for each precision and instruction set.

// As `adjoint_operations` for `count` duals.
INLINE void SYMBOL(adjoint_duals_operations)(const qmtl_program *program, const REAL *angles, size_t stride,
                                             V *state, V *duals, size_t dual_size, int count, REAL *gradients,
                                             size_t gradient_size) {
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
            SYMBOL(unrotate)(state, duals + d * dual_size, 0, dimension / 2, operation->qubit, u, 1, projections);
            SYMBOL(factor_gradients)(program, operation, angles, stride, projections, gradients + d * gradient_size);
        }
        SYMBOL(rotate_pairs)(state, 0, dimension / 2, operation->qubit, SYMBOL(inverse)(u));
    }
}

// As `adjoint_tile` for `count` duals of one state that starts in |0..0>: the state goes back once, and each fused rotation
// is computed once. Dual d and its gradients are `dual_size` vectors and `gradient_size` numbers behind those before.
static void SYMBOL(adjoint_duals_tile)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                       V *state, V *duals, size_t dual_size, int count, REAL *gradients,
                                       size_t gradient_size) {
    if (program->qubits == 0) return;
    if (program->layer_count) {
        SYMBOL(adjoint_duals_layers)(program, angles, stride, scratch, state, duals, dual_size, count, gradients,
                                     gradient_size);
    } else {
        SYMBOL(adjoint_duals_operations)(program, angles, stride, state, duals, dual_size, count, gradients,
                                         gradient_size);
    }
    V *prefixes = scratch + 4 * program->qubits;
    SYMBOL(open_tile)(program, angles, stride, scratch, prefixes, 0);
    for (int d = 0; d < count; d++) {
        SYMBOL(close_tile)(program, angles, stride, scratch, prefixes, duals + d * dual_size,
                           gradients + d * gradient_size);
    }
}
