// The steps of circuits under noise on the states of a tile, forward and back. Entry i is at s[i * LANES]. Barriers stand
// between steps.

// The entry of the quartet that differs in a qubit's digit, where `step` is 4^qubit.
inline size_t quartet_index(size_t quartet, size_t step) { return ((quartet & ~(step - 1)) << 2) | (quartet & (step - 1)); }

inline void load_matrix(__global const realv *from, realv matrix[12]) {
#pragma unroll
    for (int n = 0; n < 12; n++) matrix[n] = from[n * LANES];
}

// The product state behind the openings of the lowest qubits; keeps, on the tape, that of all but the last of them.
inline void open_transfer(const transfer_lane *lane, bool keeps) {
    STATE realv *s = lane->s;
    __global realv *tape = lane->own + (size_t)lane->program.tape * LANES;
    if (lane->tile.thread == 0) s[0] = (realv)(1);
    BARRIER();
    int q = 0;
    do {
        if (q < lane->program.opened) {
            __global const realv *m = fused_matrix(lane, q);
            realv x = m[0] + m[3 * LANES], y = m[4 * LANES] + m[7 * LANES], z = m[8 * LANES] + m[11 * LANES];
            size_t step = SPAN(q) * LANES;
            bool last = keeps && q + 1 == lane->program.opened;
            for (size_t i = lane->tile.thread * LANES; i < step; i += THREADS * LANES) {
                realv rest = s[i];
                if (last) tape[i] = rest;
                s[i + step] = x * rest;
                s[i + 2 * step] = y * rest;
                s[i + 3 * step] = z * rest;
            }
        }
        BARRIER();
    } while (++q < lane->program.opened);
}

// A fused matrix on one qubit; keeps the state before it where the operation has a place on the tape.
inline void apply_fused(const transfer_lane *lane, transfer_operation operation, bool keeps) {
    STATE realv *s = lane->s;
    __global realv *tape = lane->own + (size_t)(keeps && operation.tape >= 0 ? operation.tape : 0) * LANES;
    keeps = keeps && operation.tape >= 0;
    realv m[12];
    load_matrix(fused_matrix(lane, operation.matrix), m);
    size_t step = SPAN(operation.qubit);
    for (size_t p = lane->tile.thread; p < SPAN(operation.active - 1); p += THREADS) {
        size_t i0 = quartet_index(p, step) * LANES, i1 = i0 + step * LANES, i2 = i1 + step * LANES, i3 = i2 + step * LANES;
        realv x = s[i1], y = s[i2], z = s[i3];
        realv u = m[1] * x + m[2] * y + m[3] * z, v = m[5] * x + m[6] * y + m[7] * z, w = m[9] * x + m[10] * y + m[11] * z;
        if (operation.shifts) {
            realv one = s[i0];
            if (keeps) tape[i0] = one;
            u += m[0] * one;
            v += m[4] * one;
            w += m[8] * one;
        }
        if (keeps) {
            tape[i1] = x;
            tape[i2] = y;
            tape[i3] = z;
        }
        s[i1] = u;
        s[i2] = v;
        s[i3] = w;
    }
}

// A sum's part of each thread, and the sums of them all.
inline void put_partials(const realv *values, int count, __local realv *partials, size_t thread) {
    for (int n = 0; n < count; n++) partials[(n * THREADS + thread) * LANES] = values[n];
}

inline realv partial_sum(__local const realv *partials, int n) {
    realv sum = partials[n * THREADS * LANES];
    for (int t = 1; t < THREADS; t++) sum += partials[(n * THREADS + t) * LANES];
    return sum;
}

inline __global realv *matrix_slope(const transfer_lane *lane, int index) {
    return lane->own + (size_t)(lane->program.slopes + 12 * index) * LANES;
}

// A fused matrix, transposed, on a dual; with its states on the tape, `partials` get each thread's part of its gradient.
inline void apply_fused_transposed(const transfer_lane *lane, transfer_operation operation, bool kept,
                                   __local realv *partials) {
    STATE realv *d = lane->s;
    kept = kept && operation.tape >= 0;
    __global const realv *tape = lane->own + (size_t)(kept ? operation.tape : 0) * LANES;
    realv m[12], slope[12];
    load_matrix(fused_matrix(lane, operation.matrix), m);
#pragma unroll
    for (int n = 0; n < 12; n++) slope[n] = (realv)(0);
    size_t step = SPAN(operation.qubit);
    for (size_t p = lane->tile.thread; p < SPAN(operation.active - 1); p += THREADS) {
        size_t i0 = quartet_index(p, step) * LANES, i1 = i0 + step * LANES, i2 = i1 + step * LANES, i3 = i2 + step * LANES;
        realv x = d[i1], y = d[i2], z = d[i3];
        if (operation.shifts) d[i0] += m[0] * x + m[4] * y + m[8] * z;
        d[i1] = m[1] * x + m[5] * y + m[9] * z;
        d[i2] = m[2] * x + m[6] * y + m[10] * z;
        d[i3] = m[3] * x + m[7] * y + m[11] * z;
        if (!kept) continue;
        if (operation.shifts) {
            realv one = tape[i0];
            slope[0] += x * one;
            slope[4] += y * one;
            slope[8] += z * one;
        }
        realv a = tape[i1], b = tape[i2], c = tape[i3];
        slope[1] += x * a; slope[2] += x * b; slope[3] += x * c;
        slope[5] += y * a; slope[6] += y * b; slope[7] += y * c;
        slope[9] += z * a; slope[10] += z * b; slope[11] += z * c;
    }
    if (kept) put_partials(slope, 12, partials, lane->tile.thread);
}

// The entry of a pair of qubits, behind that of I on both.
inline size_t pair_place(int index, size_t low, size_t high) {
    return ((index & 3) * low + (index >> 2) * high) * LANES;
}

// A fixed matrix on two qubits, on a state or, transposed, on a dual.
inline void apply_pair(const transfer_lane *lane, transfer_operation operation, bool transposed) {
    STATE realv *s = lane->s;
    __global const pair_matrix *matrix = ENTRY(pair_matrix, lane->angles.plan, operation.matrix) + transposed;
    __global const pair_entry *entries = ENTRY(pair_entry, lane->angles.plan, matrix->entries);
    size_t low = SPAN(operation.qubit), high = SPAN(operation.upper);
    for (size_t p = lane->tile.thread; p < SPAN(operation.active - 2); p += THREADS) {
        STATE realv *corner = s + quartet_index(quartet_index(p, low), high) * LANES;
        realv rows[16];
        if (matrix->permutes) {
#pragma unroll
            for (int r = 0; r < 16; r++) {
                rows[r] = lane->numbers[entries[r].number] * corner[pair_place(entries[r].column, low, high)];
            }
#pragma unroll
            for (int r = 0; r < 16; r++) corner[pair_place(r, low, high)] = rows[r];
            continue;
        }
        // Loops that are not unrolled: compilers take seconds over sixteen loops in a row.
#pragma unroll 1
        for (int r = 0; r < 16; r++) {
            realv sum = (realv)(0);
#pragma unroll 1
            for (int e = matrix->first[r]; e < matrix->first[r + 1]; e++) {
                sum += lane->numbers[entries[e].number] * corner[pair_place(entries[e].column, low, high)];
            }
            rows[r] = sum;
        }
#pragma unroll 1
        for (int r = 0; r < 16; r++) corner[pair_place(r, low, high)] = rows[r];
    }
}

// The gradients of the openings. The dual is contracted with the product state from the last qubit down; what is left of it
// at qubit q, contracted with the product of the qubits below, is the gradient of the qubit's own part.
inline void close_transfer(const transfer_lane *lane, __local realv *partials) {
    STATE realv *d = lane->s;
    __global const realv *below = lane->own + (size_t)lane->program.tape * LANES;
    int q = lane->program.opened - 1;
    do {
        if (q >= 0) {
            __global const realv *m = fused_matrix(lane, q);
            realv x = m[0] + m[3 * LANES], y = m[4 * LANES] + m[7 * LANES], z = m[8 * LANES] + m[11 * LANES];
            realv sums[3] = {(realv)(0), (realv)(0), (realv)(0)};
            size_t step = SPAN(q) * LANES;
            for (size_t i = lane->tile.thread * LANES; i < step; i += THREADS * LANES) {
                realv dx = d[i + step], dy = d[i + 2 * step], dz = d[i + 3 * step], rest = below[i];
                sums[0] += dx * rest;
                sums[1] += dy * rest;
                sums[2] += dz * rest;
                d[i] += x * dx + y * dy + z * dz;
            }
            put_partials(sums, 3, partials, lane->tile.thread);
        }
        BARRIER();
        // The qubit starts as |0>, whose I and Z are 1.
        for (int r = lane->tile.thread; r < 3 && q >= 0; r += THREADS) {
            __global realv *slope = matrix_slope(lane, q);
            slope[4 * r * LANES] = slope[(4 * r + 3) * LANES] = partial_sum(partials, r);
            slope[(4 * r + 1) * LANES] = slope[(4 * r + 2) * LANES] = (realv)(0);
        }
        BARRIER();
    } while (--q >= 0);
}
