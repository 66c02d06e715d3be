// Programs in layers, backwards. Included by tile_loops.h, once for each precision and instruction set.

// As `adjoint_tile` for the layers of a program. Leaves the dual in front of them.
static void SYMBOL(adjoint_layers)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                   V *state, V *dual, REAL *gradients) {
    size_t dimension = (size_t)1 << program->qubits;
    V *diagonal = scratch, *diagonals = scratch + 2 * dimension;
    PREPARED *prepared = (PREPARED *)(diagonals + program->layer_count * DIAGONAL_SIZE);
    SYMBOL(prepare_layers)(program, angles, stride, prepared, diagonals);
    V *behind = 0;  // the diagonal of the layer behind
    for (int l = program->layer_count - 1; l >= 0; l--) {
        const qmtl_layer *layer = program->layers + l;
        PASSES list = SYMBOL(layer_passes)(program, layer, prepared, 1);
        OVERLAPS overlaps[QMTL_TILE_QUBITS / 2];
        memset(overlaps, 0, list.count * sizeof(OVERLAPS));
        if (list.count == 0 && behind) {
            SYMBOL(multiply_diagonal)(state, dimension, behind);
            SYMBOL(multiply_diagonal)(dual, dimension, behind);
        }
        EACH_PASS(list) {
            SYMBOL(turn_both)(state, dual, first, last, list.passes + k, k == 0 ? behind : 0, overlaps + k);
        }
        for (int k = list.near; k < list.count; k++) {
            SYMBOL(turn_both)(state, dual, 0, dimension, list.passes + k, k == 0 ? behind : 0, overlaps + k);
        }
        SYMBOL(turn_gradients)(program, layer, prepared, angles, stride, overlaps, gradients);
        for (int k = layer->first + layer->turn_count, end = k + layer->whole_count; k < end; k++) {
            V projections[3];
            const qmtl_operation *operation = program->operations + k;
            SYMBOL(unrotate)(state, dual, 0, dimension / 2, operation->qubit, prepared[k].whole, 0, projections);
            SYMBOL(factor_gradients)(program, operation, angles, stride, projections, gradients);
        }
        SYMBOL(build_diagonal)(program, l, diagonals, 1, diagonal);
        behind = diagonal;
    }
    SYMBOL(multiply_diagonal)(dual, dimension, diagonal);
}

// As `adjoint_duals_tile` for the layers of a program.
static void SYMBOL(adjoint_duals_layers)(const qmtl_program *program, const REAL *angles, size_t stride,
                                         V *scratch, V *state, V *duals, size_t dual_size, int count,
                                         REAL *gradients, size_t gradient_size) {
    size_t dimension = (size_t)1 << program->qubits;
    V *diagonal = scratch, *diagonals = scratch + 2 * dimension;
    PREPARED *prepared = (PREPARED *)(diagonals + program->layer_count * DIAGONAL_SIZE);
    SYMBOL(prepare_layers)(program, angles, stride, prepared, diagonals);
    V *behind = 0;
    for (int l = program->layer_count - 1; l >= 0; l--) {
        const qmtl_layer *layer = program->layers + l;
        PASSES list = SYMBOL(layer_passes)(program, layer, prepared, 1);
        OVERLAPS overlaps[QMTL_MOST_DUALS][QMTL_TILE_QUBITS / 2];
        memset(overlaps, 0, count * sizeof(overlaps[0]));
        if (behind) SYMBOL(multiply_diagonal)(state, dimension, behind);
        for (int d = 0; d < count && list.count == 0 && behind; d++) {
            SYMBOL(multiply_diagonal)(duals + d * dual_size, dimension, behind);
        }
        EACH_PASS(list) {
            for (int d = 0; d < count; d++) {
                SYMBOL(turn_dual)(state, duals + d * dual_size, first, last, list.passes + k,
                                  k == 0 ? behind : 0, overlaps[d] + k);
            }
            SYMBOL(turn_state)(state, first, last, list.passes + k, 0);
        }
        for (int k = list.near; k < list.count; k++) {
            for (int d = 0; d < count; d++) {
                SYMBOL(turn_dual)(state, duals + d * dual_size, 0, dimension, list.passes + k,
                                  k == 0 ? behind : 0, overlaps[d] + k);
            }
            SYMBOL(turn_state)(state, 0, dimension, list.passes + k, 0);
        }
        for (int d = 0; d < count; d++) {
            SYMBOL(turn_gradients)(program, layer, prepared, angles, stride, overlaps[d],
                                   gradients + d * gradient_size);
        }
        for (int k = layer->first + layer->turn_count, end = k + layer->whole_count; k < end; k++) {
            const qmtl_operation *operation = program->operations + k;
            for (int d = 0; d < count; d++) {
                V projections[3];
                SYMBOL(unrotate)(state, duals + d * dual_size, 0, dimension / 2, operation->qubit,
                                 prepared[k].whole, 1, projections);
                SYMBOL(factor_gradients)(program, operation, angles, stride, projections,
                                         gradients + d * gradient_size);
            }
            SYMBOL(rotate_pairs)(state, 0, dimension / 2, operation->qubit, SYMBOL(inverse)(prepared[k].whole));
        }
        SYMBOL(build_diagonal)(program, l, diagonals, 1, diagonal);
        behind = diagonal;
    }
    for (int d = 0; d < count; d++) SYMBOL(multiply_diagonal)(duals + d * dual_size, dimension, diagonal);
}
