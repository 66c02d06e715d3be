// Head matrices and what is read with them. Included by tile_loops.h, once for each precision and instruction set.

// Task blocks: a lane is a task, and its state is the block's whole matrix V_t, column after column, so that a rotation is
// computed once for all columns. A Pauli string P maps |a> to i^quarter (-1)^popcount(a & sign_mask) |a ^ flip_mask>.

#define BLOCK_MATRIX(states, task, qubits) ((V *)(states) + (task) / WIDTH * ((size_t)2 << 2 * (qubits)))

// Some columns of the blocks' matrices.
void SYMBOL(blocks)(const qmtl_program *program, const REAL *angles, size_t stride, size_t first_task, size_t tasks,
                    size_t first_column, size_t last_column, REAL *states) {
    size_t dimension = (size_t)1 << program->qubits, columns = last_column - first_column;
    for (size_t task = first_task; task < first_task + tasks; task += WIDTH) {
        V *state = BLOCK_MATRIX(states, task, program->qubits) + 2 * first_column * dimension;
        memset(state, 0, columns * dimension * 2 * sizeof(V));
        for (size_t c = 0; c < columns; c++) state[2 * (c * dimension + first_column + c)] = SYMBOL(splat)(1);
        for (int o = 0; o < program->operation_count; o++) {
            const qmtl_operation *operation = program->operations + o;
            if (operation->factor_count == 0) {
                const uint8_t *signs = program->signs + operation->first * dimension;
                for (size_t c = 0; c < columns; c++) SYMBOL(negate)(state + 2 * c * dimension, dimension, signs);
            } else {
                SU2 u = SYMBOL(fused)(program, operation, angles + task, stride);
                SYMBOL(rotate_pairs)(state, 0, columns * dimension / 2, operation->qubit, u);
            }
        }
    }
}

void SYMBOL(blocks_adjoint)(const qmtl_program *program, const REAL *angles, size_t stride, size_t first_task,
                            size_t tasks, size_t first_column, size_t last_column, REAL *states, REAL *duals,
                            REAL *gradients) {
    size_t dimension = (size_t)1 << program->qubits, columns = last_column - first_column;
    for (size_t task = first_task; task < first_task + tasks; task += WIDTH) {
        size_t offset = 2 * first_column * dimension;
        V *state = BLOCK_MATRIX(states, task, program->qubits) + offset;
        V *dual = BLOCK_MATRIX(duals, task, program->qubits) + offset;
        for (int o = program->operation_count - 1; o >= 0; o--) {
            const qmtl_operation *operation = program->operations + o;
            if (operation->factor_count == 0) {
                const uint8_t *signs = program->signs + operation->first * dimension;
                for (size_t c = 0; c < columns; c++) {
                    SYMBOL(negate)(state + 2 * c * dimension, dimension, signs);
                    SYMBOL(negate)(dual + 2 * c * dimension, dimension, signs);
                }
            } else {
                V projections[3];
                SU2 u = SYMBOL(fused)(program, operation, angles + task, stride);
                SYMBOL(unrotate)(state, dual, 0, columns * dimension / 2, operation->qubit, u, 0, projections);
                SYMBOL(factor_gradients)(program, operation, angles + task, stride, projections, gradients + task);
            }
        }
    }
}

// i^quarter (-1)^popcount(a & sign_mask) times a number: what amplitude a becomes at a ^ flip_mask.
INLINE void SYMBOL(pauli)(const qmtl_observable *observable, size_t a, V r, V m, V *real, V *imaginary) {
    if (__builtin_popcountll(a & observable->sign_mask) & 1) { r = -r; m = -m; }
    switch (observable->quarter & 3) {
        case 0: *real = r; *imaginary = m; break;
        case 1: *real = -m; *imaginary = r; break;
        case 2: *real = -r; *imaginary = -m; break;
        default: *real = m; *imaginary = -r; break;
    }
}

void SYMBOL(conjugate)(const qmtl_observable *observable, int qubits, const REAL *states, size_t first_task,
                       size_t tasks, size_t first_row, size_t last_row, REAL *matrices, size_t stride) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = first_task; task < first_task + tasks; task += WIDTH) {
        const V *block = BLOCK_MATRIX(states, task, qubits);
        for (size_t i = first_row; i < last_row; i++) {
            const V *wi = block + 2 * i * dimension;
            for (size_t j = i; j < dimension; j++) {
                const V *wj = block + 2 * j * dimension;
                V real = {0}, imaginary = {0};
                for (size_t a = 0; a < dimension; a++) {
                    const V *left = wi + 2 * (a ^ observable->flip_mask);
                    V r, m;
                    SYMBOL(pauli)(observable, a, wj[2 * a], wj[2 * a + 1], &r, &m);
                    real += left[0] * r + left[1] * m;
                    imaginary += left[0] * m - left[1] * r;
                }
                *(V *)(matrices + (i * dimension + j) * stride + task) = real;
                if (i != j) *(V *)(matrices + (j * dimension + i) * stride + task) = imaginary;
            }
        }
    }
}

void SYMBOL(conjugate_dual)(const qmtl_observable *observable, int qubits, const REAL *states, size_t first_task,
                            size_t tasks, size_t first_row, size_t last_row, const REAL *matrices, size_t stride,
                            int add, REAL *duals) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = first_task; task < first_task + tasks; task += WIDTH) {
        const V *block = BLOCK_MATRIX(states, task, qubits);
        V *dual_block = BLOCK_MATRIX(duals, task, qubits);
        for (size_t i = first_row; i < last_row; i++) {
            V *dual = dual_block + 2 * i * dimension;
            V slopes[2 * dimension];
            for (size_t j = 0; j < dimension; j++) {
                size_t low = i < j ? i : j, high = i < j ? j : i;
                V real = *(const V *)(matrices + (low * dimension + high) * stride + task);
                V imaginary = *(const V *)(matrices + (high * dimension + low) * stride + task);
                slopes[2 * j] = i == j ? real : (REAL)0.5 * real;
                slopes[2 * j + 1] = i == j ? (V){0} : (REAL)(i < j ? -0.5 : 0.5) * imaginary;
            }
            for (size_t a = 0; a < dimension; a++) {
                V r = {0}, m = {0};
                for (size_t j = 0; j < dimension; j++) {
                    const V *wj = block + 2 * (j * dimension + a);
                    r += slopes[2 * j] * wj[0] - slopes[2 * j + 1] * wj[1];
                    m += slopes[2 * j] * wj[1] + slopes[2 * j + 1] * wj[0];
                }
                SYMBOL(pauli)(observable, a, r, m, &r, &m);
                V *target = dual + 2 * (a ^ observable->flip_mask);
                target[0] = add ? target[0] + r : r;
                target[1] = add ? target[1] + m : m;
            }
        }
    }
}

// Duals for a Pauli string on the states' own qubits.
void SYMBOL(apply_string)(const qmtl_observable *string, int qubits, size_t lanes, const REAL *states, REAL *duals) {
    EACH_VECTOR {
        const V *state = STATE(states, qubits);
        V *dual = STATE(duals, qubits);
        for (size_t a = 0; a < (size_t)1 << qubits; a++) {
            V *target = dual + 2 * (a ^ string->flip_mask);
            SYMBOL(pauli)(string, a, state[2 * a], state[2 * a + 1], target, target + 1);
        }
    }
}

// Products for one task alone, whose reduced states are `samples` neighbouring lanes.

void SYMBOL(read)(const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced, size_t stride,
                  size_t samples, REAL *values) {
    for (size_t b = 0; b < samples; b++) values[b] = 0;
    for (int k = 0; k < entries; k++) {
        REAL entry = matrix[k * matrix_stride];
        const REAL *row = reduced + k * stride;
        for (size_t b = 0; b < samples; b++) values[b] += entry * row[b];
    }
}

void SYMBOL(read_dual)(const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced, size_t stride,
                       size_t samples, const REAL *cotangent, REAL *matrix_gradient, REAL *weights) {
    for (int k = 0; k < entries; k++) {
        REAL entry = matrix[k * matrix_stride], partial[QMTL_TILE] = {0}, sum = 0;
        const REAL *row = reduced + k * stride;
        REAL *weight = weights + k * stride;
        size_t b = 0;
        for (; b + QMTL_TILE <= samples; b += QMTL_TILE) {
            for (int lane = 0; lane < QMTL_TILE; lane++) {
                partial[lane] += cotangent[b + lane] * row[b + lane];
                weight[b + lane] += entry * cotangent[b + lane];
            }
        }
        for (; b < samples; b++) {
            partial[b % QMTL_TILE] += cotangent[b] * row[b];
            weight[b] += entry * cotangent[b];
        }
        for (int lane = 0; lane < QMTL_TILE; lane++) sum += partial[lane];
        matrix_gradient[k * matrix_stride] += sum;
    }
}

void SYMBOL(sums)(const REAL *values, size_t stride, size_t rows, size_t samples, REAL *sums) {
    for (size_t row = 0; row < rows; row++) {
        REAL partial[QMTL_TILE] = {0}, sum = 0;
        size_t b = 0;
        for (; b + QMTL_TILE <= samples; b += QMTL_TILE) {
            for (int lane = 0; lane < QMTL_TILE; lane++) partial[lane] += values[row * stride + b + lane];
        }
        for (; b < samples; b++) partial[b % QMTL_TILE] += values[row * stride + b];
        for (int lane = 0; lane < QMTL_TILE; lane++) sum += partial[lane];
        sums[row] = sum;
    }
}
