// Task blocks as matrices in the Heisenberg picture, A = V^dagger P V, from the columns of V; and the way back.
// Matrices are rows of tasks, [observable][i * size + j]: the diagonal, Re A_ij above it, Im A_ij below.

// The columns of the blocks of VECTOR tasks.
typedef struct {
    head_entry head;
    size_t dimension, lane;
    __global const realv *columns;
} head_tile;

inline head_tile this_head(__global const int *plan, __global const real *states, size_t *first, size_t *thread) {
    __global const int *entry = plan + LAYOUT(plan)->tile_heads + 2 * get_group_id(0);
    head_tile tile;
    tile.head = ENTRY(head_entry, plan, LAYOUT(plan)->heads)[entry[0]];
    tile.dimension = (size_t)1 << tile.head.qubits;
    tile.lane = get_local_id(0) % LANES;
    *thread = get_local_id(0) / LANES;
    *first = entry[1];
    tile.columns = (__global const realv *)(states + tile.head.states + *first * 2 * tile.dimension) + tile.lane;
    return tile;
}

inline size_t column_offset(const head_tile *tile, size_t column) {
    return column * 2 * tile->dimension * tile->head.tasks / VECTOR;
}

// P w: amplitude a of column j, as it arrives at amplitude a ^ flip.
inline void pauli_amplitude(const head_tile *tile, observable_entry observable, size_t j, size_t a, realv *r, realv *m) {
    __global const realv *w = tile->columns + column_offset(tile, j);
    realv x = w[a * LANES], y = w[(tile->dimension + a) * LANES];
    if (popcount((uint)a & (uint)observable.sign) & 1) { x = -x; y = -y; }
    switch (observable.quarter & 3) {
        case 0: *r = x; *m = y; break;
        case 1: *r = -y; *m = x; break;
        case 2: *r = -x; *m = -y; break;
        default: *r = y; *m = -x; break;
    }
}

TILE_GROUP __kernel void head_matrices(__global const int *plan, __global const real *states, __global real *matrices) {
    size_t first, thread;
    head_tile tile = this_head(plan, states, &first, &thread);
    size_t size = tile.dimension, tasks = tile.head.tasks;
    for (size_t index = thread; index < tile.head.observable_count * size * size; index += THREADS) {
        size_t o = index >> 2 * tile.head.qubits, i = index >> tile.head.qubits & (size - 1), j = index & (size - 1);
        if (i > j) continue;
        observable_entry observable = ENTRY(observable_entry, plan, tile.head.observables)[o];
        __global const realv *wi = tile.columns + column_offset(&tile, i);
        realv real_part = (realv)(0), imaginary = (realv)(0);
        for (size_t a = 0; a < size; a++) {
            size_t target = a ^ (size_t)observable.flip;
            realv lr = wi[target * LANES], li = wi[(size + target) * LANES], r, m;
            pauli_amplitude(&tile, observable, j, a, &r, &m);
            real_part += lr * r + li * m;
            imaginary += lr * m - li * r;
        }
        __global real *row = matrices + tile.head.matrices + o * size * size * tasks + first + tile.lane * VECTOR;
        *(__global realv *)(row + (i * size + j) * tasks) = real_part;
        if (i != j) *(__global realv *)(row + (j * size + i) * tasks) = imaginary;
    }
}

// What the adjoint sweep of the columns starts from, for gradients by the rows of the matrices.
TILE_GROUP __kernel void head_duals(__global const int *plan, __global const real *states,
                                    __global const real *matrix_gradients, __global real *duals) {
    size_t first, thread;
    head_tile tile = this_head(plan, states, &first, &thread);
    size_t size = tile.dimension, tasks = tile.head.tasks;
    for (size_t index = thread; index < size * size; index += THREADS) {
        size_t i = index >> tile.head.qubits, target = index & (size - 1);
        realv dr = (realv)(0), di = (realv)(0);
        for (size_t o = 0; o < tile.head.observable_count; o++) {
            observable_entry observable = ENTRY(observable_entry, plan, tile.head.observables)[o];
            __global const real *rows =
                matrix_gradients + tile.head.matrices + o * size * size * tasks + first + tile.lane * VECTOR;
            for (size_t j = 0; j < size; j++) {
                size_t upper = i < j ? i * size + j : j * size + i, lower = i < j ? j * size + i : i * size + j;
                realv gr = *(__global const realv *)(rows + upper * tasks), r, m;
                pauli_amplitude(&tile, observable, j, target ^ (size_t)observable.flip, &r, &m);
                if (i == j) {
                    dr += gr * r;
                    di += gr * m;
                } else {
                    realv gi = *(__global const realv *)(rows + lower * tasks) * (i < j ? (real)-0.5 : (real)0.5);
                    gr *= (real)0.5;
                    dr += gr * r - gi * m;
                    di += gr * m + gi * r;
                }
            }
        }
        __global realv *dual = (__global realv *)(duals + tile.head.states + first * 2 * size) + tile.lane
            + column_offset(&tile, i);
        dual[target * LANES] = dr;
        dual[(size + target) * LANES] = di;
    }
}
