// Real rotations of state and dual by tangents, two qubits in one pass over memory. Included by tile_loops.h, once for
// each precision and instruction set.

// Rotations about Y without their cosine: [[1, -t], [t, 1]], t the tangent of half the angle. State and dual take the
// cosines with the next diagonal, so that a rotation costs four multiply-adds for a pair of amplitudes.
INLINE void SYMBOL(turn)(V *zero, V *one, V tangent) {
    V a = *zero, b = *one;
    *zero = a - tangent * b;
    *one = b + tangent * a;
}

// Up to two qubits of a pass, the lower first, and the tangents of their turns.
typedef struct {
    int count;
    int qubits[2];
    V tangents[2];
} SYMBOL(pass);
#define PASS SYMBOL(pass)

// Sums that a pass adds to: Im <dual| P |state> for X and Y of each of its qubits, and what gives Z of both.
typedef struct {
    V x[2], y[2], same, apart;
} SYMBOL(overlaps);
#define OVERLAPS SYMBOL(overlaps)

INLINE void SYMBOL(load_amplitudes)(const V *state, const V *diagonal, const size_t *at, int count, V *real,
                                    V *imaginary) {
    for (int k = 0; k < count; k++) {
        V r = state[2 * at[k]], m = state[2 * at[k] + 1];
        if (diagonal) {
            V c = diagonal[2 * at[k]], s = diagonal[2 * at[k] + 1];
            real[k] = c * r - s * m;
            imaginary[k] = c * m + s * r;
        } else {
            real[k] = r;
            imaginary[k] = m;
        }
    }
}

INLINE void SYMBOL(store_amplitudes)(V *state, const size_t *at, int count, const V *real, const V *imaginary) {
    for (int k = 0; k < count; k++) {
        state[2 * at[k]] = real[k];
        state[2 * at[k] + 1] = imaginary[k];
    }
}

// Amplitude k of a group has bit 0 of k on the lower of two qubits and bit 1 on the upper one.
INLINE void SYMBOL(turn_group)(V *real, V *imaginary, int qubits, const V *tangents) {
    for (int q = 0; q < qubits; q++) {
        for (int k = 0; k < 1 << qubits; k++) {
            if (k >> q & 1) continue;
            SYMBOL(turn)(real + k, real + (k | 1 << q), tangents[q]);
            SYMBOL(turn)(imaginary + k, imaginary + (k | 1 << q), tangents[q]);
        }
    }
}

INLINE void SYMBOL(overlap_group)(const V *r, const V *m, const V *p, const V *q, int qubits, OVERLAPS *sums) {
    for (int bit = 0; bit < qubits; bit++) {
        for (int a = 0; a < 1 << qubits; a++) {
            if (a >> bit & 1) continue;
            int b = a | 1 << bit;
            sums->x[bit] += p[a] * m[b] - q[a] * r[b] + p[b] * m[a] - q[b] * r[a];
            sums->y[bit] += p[b] * r[a] + q[b] * m[a] - p[a] * r[b] - q[a] * m[b];
        }
    }
    int last = (1 << qubits) - 1;
    sums->same += p[0] * m[0] - q[0] * r[0] - p[last] * m[last] + q[last] * r[last];
    if (qubits == 2) sums->apart += p[1] * m[1] - q[1] * r[1] - p[2] * m[2] + q[2] * r[2];
}

// What a pass does to amplitudes `first` up to `last`, a range that holds all partners of its amplitudes: multiplies by
// `diagonal`, where given, adds to the overlaps and turns. A dual without sums has none, and a state that is fixed is
// only read, as it is.
INLINE void SYMBOL(run_pass)(V *state, V *dual, size_t first, size_t last, int qubits, PASS pass,
                             const V *diagonal, int fixed, OVERLAPS *sums) {
    int count = 1 << qubits;
    size_t mask = (size_t)1 << pass.qubits[0];
    if (qubits == 2) mask |= (size_t)1 << pass.qubits[1];
    OVERLAPS total;
    if (dual) total = *sums;
    for (size_t i = first; i < last; i = SYMBOL(next)(i, mask)) {
        size_t at[4] = {i, i | (size_t)1 << pass.qubits[0], i | (size_t)1 << pass.qubits[1], i | mask};
        V r[4], m[4], p[4], q[4];
        SYMBOL(load_amplitudes)(state, fixed ? 0 : diagonal, at, count, r, m);
        if (dual) {
            SYMBOL(load_amplitudes)(dual, diagonal, at, count, p, q);
            SYMBOL(overlap_group)(r, m, p, q, qubits, &total);
            SYMBOL(turn_group)(p, q, qubits, pass.tangents);
            SYMBOL(store_amplitudes)(dual, at, count, p, q);
        }
        if (fixed) continue;
        SYMBOL(turn_group)(r, m, qubits, pass.tangents);
        SYMBOL(store_amplitudes)(state, at, count, r, m);
    }
    if (dual) *sums = total;
}

// The same, with the loops compiled for one and two qubits, with and without a diagonal.
INLINE void SYMBOL(pass_over)(V *state, V *dual, size_t first, size_t last, const PASS *pass, const V *diagonal,
                              int fixed, OVERLAPS *sums) {
    if (pass->count == 2) {
        if (diagonal) SYMBOL(run_pass)(state, dual, first, last, 2, *pass, diagonal, fixed, sums);
        else SYMBOL(run_pass)(state, dual, first, last, 2, *pass, 0, fixed, sums);
    } else {
        if (diagonal) SYMBOL(run_pass)(state, dual, first, last, 1, *pass, diagonal, fixed, sums);
        else SYMBOL(run_pass)(state, dual, first, last, 1, *pass, 0, fixed, sums);
    }
}
static void SYMBOL(turn_state)(V *state, size_t first, size_t last, const PASS *pass, const V *diagonal) {
    SYMBOL(pass_over)(state, 0, first, last, pass, diagonal, 0, 0);
}
static void SYMBOL(turn_both)(V *state, V *dual, size_t first, size_t last, const PASS *pass, const V *diagonal,
                              OVERLAPS *sums) {
    SYMBOL(pass_over)(state, dual, first, last, pass, diagonal, 0, sums);
}
static void SYMBOL(turn_dual)(V *state, V *dual, size_t first, size_t last, const PASS *pass, const V *diagonal,
                              OVERLAPS *sums) {
    SYMBOL(pass_over)(state, dual, first, last, pass, diagonal, 1, sums);
}

INLINE void SYMBOL(multiply_diagonal)(V *state, size_t dimension, const V *diagonal) {
    for (size_t i = 0; i < dimension; i++) {
        V r = state[2 * i], m = state[2 * i + 1], c = diagonal[2 * i], s = diagonal[2 * i + 1];
        state[2 * i] = c * r - s * m;
        state[2 * i + 1] = c * m + s * r;
    }
}
