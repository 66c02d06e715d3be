// Reduced states of registers and operators on them, in real form: the diagonal, then for i < j a number for the real part
// at row i * size + j and one for the imaginary part at row j * size + i.

// `index` with a zero bit inserted at every bit of `mask`.
inline size_t deposit(size_t index, size_t mask) {
    while (mask) {
        size_t bit = mask & -mask;
        index = ((index & ~(bit - 1)) << 1) | (index & (bit - 1));
        mask ^= bit;
    }
    return index;
}

// The next index whose bits avoid `mask`.
inline size_t next_outside(size_t index, size_t mask) { return ((index | mask) + 1) & ~mask; }

// Writes the reduced state: the diagonal, 2 Re rho_ij, 2 Im rho_ij.
inline void reduce_state(__global const int *plan, const tile_of_lanes *tile, register_entry reg, STATE const realv *s,
                         size_t dimension, __global real *reduced) {
    size_t size = (size_t)1 << reg.width;
    __global const int *scatter = plan + reg.scatter;
    size_t mask = scatter[size - 1];
    __global real *rows = reduced + reg.row * tile->row_length + tile->first + tile->lane * VECTOR;
    for (size_t entry = tile->thread; entry < size * size; entry += THREADS) {
        size_t i = entry >> reg.width, j = entry & (size - 1);
        if (i > j) continue;
        STATE const realv *row = s + scatter[i] * LANES, *column = s + scatter[j] * LANES;
        realv real_part = (realv)(0), imaginary = (realv)(0);
        for (size_t rest = 0; rest < dimension; rest = next_outside(rest, mask)) {
            realv ar = row[rest * LANES], ai = row[(dimension + rest) * LANES];
            realv br = column[rest * LANES], bi = column[(dimension + rest) * LANES];
            real_part += ar * br + ai * bi;
            imaginary += ai * br - ar * bi;
        }
        if (i == j) {
            *(__global realv *)(rows + entry * tile->row_length) = real_part;
        } else {
            *(__global realv *)(rows + entry * tile->row_length) = 2 * real_part;
            *(__global realv *)(rows + (j * size + i) * tile->row_length) = 2 * imaginary;
        }
    }
}

// dual = A s, or += with `add`, for the Hermitian A on the register whose rows are the diagonal, Re A_ij, Im A_ij.
inline void apply_observable(__global const int *plan, const tile_of_lanes *tile, register_entry reg,
                             STATE const realv *s, size_t dimension, __global const real *weights, bool add,
                             STATE realv *dual) {
    size_t size = (size_t)1 << reg.width;
    __global const int *scatter = plan + reg.scatter;
    size_t mask = scatter[size - 1];
    __global const real *rows = weights + reg.row * tile->row_length + tile->first + tile->lane * VECTOR;
    for (size_t index = tile->thread; index < dimension; index += THREADS) {
        size_t i = index & (size - 1), rest = deposit(index >> reg.width, mask);
        STATE const realv *column = s + rest * LANES;
        STATE realv *target = dual + (rest + scatter[i]) * LANES;
        realv r = (realv)(0), m = (realv)(0);
        if (add) {
            r = target[0];
            m = target[dimension * LANES];
        }
        for (size_t j = 0; j < size; j++) {
            size_t upper = i < j ? i * size + j : j * size + i, lower = i < j ? j * size + i : i * size + j;
            realv ar = *(__global const realv *)(rows + upper * tile->row_length);
            realv sr = column[scatter[j] * LANES], si = column[(dimension + scatter[j]) * LANES];
            r += ar * sr;
            m += ar * si;
            if (i == j) continue;
            realv ai = *(__global const realv *)(rows + lower * tile->row_length);
            if (i > j) ai = -ai;
            r -= ai * si;
            m += ai * sr;
        }
        target[0] = r;
        target[dimension * LANES] = m;
    }
}
