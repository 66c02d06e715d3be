// Reduced states of a register, and matrices applied to one. Included by tile_loops.h, once for each precision and instruction set.

// The register's bits of index i spread to their positions in the state.
INLINE size_t SYMBOL(scatter)(const qmtl_register *reg, size_t i) {
    size_t index = 0;
    for (int k = 0; k < reg->width; k++) index |= (i >> k & 1) << reg->positions[k];
    return index;
}

// The next index whose bits avoid `mask`.
INLINE size_t SYMBOL(next)(size_t index, size_t mask) { return ((index | mask) + 1) & ~mask; }

static void SYMBOL(reduce_tile)(const qmtl_register *reg, const V *state, REAL *reduced, size_t stride) {
    size_t dimension = (size_t)1 << reg->qubits, size = (size_t)1 << reg->width;
    size_t mask = SYMBOL(scatter)(reg, size - 1);
    for (size_t i = 0; i < size; i++) {
        const V *row = state + 2 * SYMBOL(scatter)(reg, i);
        V diagonal = {0};
        for (size_t rest = 0; rest < dimension; rest = SYMBOL(next)(rest, mask)) {
            diagonal += row[2 * rest] * row[2 * rest] + row[2 * rest + 1] * row[2 * rest + 1];
        }
        *(V *)(reduced + (i * size + i) * stride) = diagonal;
        for (size_t j = i + 1; j < size; j++) {
            const V *column = state + 2 * SYMBOL(scatter)(reg, j);
            V real = {0}, imaginary = {0};
            for (size_t rest = 0; rest < dimension; rest = SYMBOL(next)(rest, mask)) {
                V ar = row[2 * rest], ai = row[2 * rest + 1], br = column[2 * rest], bi = column[2 * rest + 1];
                real += ar * br + ai * bi;
                imaginary += ai * br - ar * bi;
            }
            *(V *)(reduced + (i * size + j) * stride) = 2 * real;
            *(V *)(reduced + (j * size + i) * stride) = 2 * imaginary;
        }
    }
}

static void SYMBOL(apply_tile)(const qmtl_register *reg, const REAL *matrices, size_t stride, const V *state,
                               int add, V *dual) {
    size_t dimension = (size_t)1 << reg->qubits, size = (size_t)1 << reg->width;
    size_t mask = SYMBOL(scatter)(reg, size - 1);
    for (size_t i = 0; i < size; i++) {
        V *row = dual + 2 * SYMBOL(scatter)(reg, i);
        for (size_t j = 0; j < size; j++) {
            const V *column = state + 2 * SYMBOL(scatter)(reg, j);
            size_t low = i < j ? i : j, high = i < j ? j : i;
            V real = *(const V *)(matrices + (low * size + high) * stride);
            V imaginary = {0};
            if (i < j) imaginary = *(const V *)(matrices + (high * size + low) * stride);
            if (i > j) imaginary = -*(const V *)(matrices + (high * size + low) * stride);
            if (j == 0 && !add) {
                for (size_t rest = 0; rest < dimension; rest = SYMBOL(next)(rest, mask)) {
                    V r = column[2 * rest], m = column[2 * rest + 1];
                    row[2 * rest] = real * r - imaginary * m;
                    row[2 * rest + 1] = real * m + imaginary * r;
                }
                continue;
            }
            for (size_t rest = 0; rest < dimension; rest = SYMBOL(next)(rest, mask)) {
                V r = column[2 * rest], m = column[2 * rest + 1];
                row[2 * rest] += real * r - imaginary * m;
                row[2 * rest + 1] += real * m + imaginary * r;
            }
        }
    }
}
