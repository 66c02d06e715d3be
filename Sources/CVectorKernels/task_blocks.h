// Head matrices and what is read with them. Included by tile_loops.h, once for each precision and instruction set.

// Task blocks: lane column * tasks + task holds V_t applied to basis state `column`, so the loops run over tasks.
// A Pauli string P maps |a> to i^quarter (-1)^popcount(a & sign_mask) |a ^ flip_mask>.

INLINE const V *SYMBOL(column)(const V *states, size_t dimension, size_t tasks, size_t column, size_t task) {
    return states + (column * tasks + task) / WIDTH * 2 * dimension;
}

// P w: amplitude a of w, as it arrives at amplitude a ^ flip_mask.
INLINE void SYMBOL(pauli)(const qmtl_observable *observable, const V *w, size_t a, V *real, V *imaginary) {
    V r = w[2 * a], m = w[2 * a + 1];
    if (__builtin_popcountll(a & observable->sign_mask) & 1) { r = -r; m = -m; }
    switch (observable->quarter & 3) {
        case 0: *real = r; *imaginary = m; break;
        case 1: *real = -m; *imaginary = r; break;
        case 2: *real = -r; *imaginary = -m; break;
        default: *real = m; *imaginary = -r; break;
    }
}

void SYMBOL(conjugate)(const qmtl_observable *observable, int qubits, const REAL *states, size_t tasks,
                       size_t first_row, size_t last_row, REAL *matrices, size_t stride) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = 0; task < tasks; task += WIDTH) {
        for (size_t i = first_row; i < last_row; i++) {
            const V *wi = SYMBOL(column)((const V *)states, dimension, tasks, i, task);
            for (size_t j = i; j < dimension; j++) {
                const V *wj = SYMBOL(column)((const V *)states, dimension, tasks, j, task);
                V real = {0}, imaginary = {0};
                for (size_t a = 0; a < dimension; a++) {
                    const V *left = wi + 2 * (a ^ observable->flip_mask);
                    V r, m;
                    SYMBOL(pauli)(observable, wj, a, &r, &m);
                    real += left[0] * r + left[1] * m;
                    imaginary += left[0] * m - left[1] * r;
                }
                *(V *)(matrices + (i * dimension + j) * stride + task) = real;
                if (i != j) *(V *)(matrices + (j * dimension + i) * stride + task) = imaginary;
            }
        }
    }
}

void SYMBOL(conjugate_dual)(const qmtl_observable *observable, int qubits, const REAL *states, size_t tasks,
                            size_t first_row, size_t last_row, const REAL *matrices, size_t stride, REAL *duals) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = 0; task < tasks; task += WIDTH) {
        for (size_t i = first_row; i < last_row; i++) {
            V *dual = (V *)SYMBOL(column)((const V *)duals, dimension, tasks, i, task);
            for (size_t j = 0; j < dimension; j++) {
                const V *wj = SYMBOL(column)((const V *)states, dimension, tasks, j, task);
                size_t low = i < j ? i : j, high = i < j ? j : i;
                V real = *(const V *)(matrices + (low * dimension + high) * stride + task), imaginary = {0};
                if (i != j) {
                    real *= (REAL)0.5;
                    imaginary = (REAL)(i < j ? -0.5 : 0.5)
                        * *(const V *)(matrices + (high * dimension + low) * stride + task);
                }
                for (size_t a = 0; a < dimension; a++) {
                    V r, m;
                    SYMBOL(pauli)(observable, wj, a, &r, &m);
                    V *target = dual + 2 * (a ^ observable->flip_mask);
                    target[0] += real * r - imaginary * m;
                    target[1] += real * m + imaginary * r;
                }
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
            SYMBOL(pauli)(string, state, a, target, target + 1);
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
