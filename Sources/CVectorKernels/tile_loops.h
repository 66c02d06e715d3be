// The loops over one tile of lanes, compiled once for each precision and instruction set.
// The including file defines REAL, WIDTH (lanes per vector) and SYMBOL(name).

typedef REAL SYMBOL(vector) __attribute__((vector_size(WIDTH * sizeof(REAL))));
#define V SYMBOL(vector)
#define INLINE static inline __attribute__((always_inline))

// An element of SU(2): [[a, -conj(b)], [b, conj(a)]].
typedef struct {
    V ar, ai, br, bi;
} SYMBOL(su2);
#define SU2 SYMBOL(su2)

INLINE V SYMBOL(splat)(REAL value) { return (V){0} + value; }

INLINE SU2 SYMBOL(rotation)(int axis, V c, V s) {
    V zero = {0};
    if (axis == 0) return (SU2){c, zero, zero, -s};
    if (axis == 1) return (SU2){c, zero, s, zero};
    return (SU2){c, -s, zero, zero};
}

// The product second * first.
INLINE SU2 SYMBOL(product)(SU2 second, SU2 first) {
    SU2 p;
    p.ar = second.ar * first.ar - second.ai * first.ai - second.br * first.br - second.bi * first.bi;
    p.ai = second.ar * first.ai + second.ai * first.ar - second.br * first.bi + second.bi * first.br;
    p.br = second.br * first.ar - second.bi * first.ai + second.ar * first.br + second.ai * first.bi;
    p.bi = second.br * first.ai + second.bi * first.ar + second.ar * first.bi - second.ai * first.br;
    return p;
}

INLINE SU2 SYMBOL(fused)(const qmtl_program *program, const qmtl_operation *operation, const REAL *angles,
                         size_t stride) {
    const qmtl_factor *factor = program->factors + operation->first;
    V c, s;
    SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
    SU2 u = SYMBOL(rotation)(factor->axis, c, s);
    for (int f = 1; f < operation->factor_count; f++) {
        factor++;
        SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
        u = SYMBOL(product)(SYMBOL(rotation)(factor->axis, c, s), u);
    }
    return u;
}

// Amplitude i of a state is the pair of vectors at 2 * i: real, then imaginary.

// Pair k of a qubit joins the amplitudes that differ in its bit and have the bits of k elsewhere. A range of pairs starts
// and ends with whole runs of neighbours or lies within one.
#define EACH_PAIR(first, last, qubit)                                                                        \
    for (size_t k = (first), half = (size_t)1 << (qubit), end; k < (last); k = end)                           \
        for (size_t low = ((k & ~(half - 1)) << 1) | (k & (half - 1)),                                        \
                    stop = low + ((end = (k | (half - 1)) + 1 < (last) ? (k | (half - 1)) + 1 : (last)) - k); \
             low < stop; low++)

INLINE void SYMBOL(rotate_pairs)(V *state, size_t first, size_t last, int qubit, SU2 u) {
    EACH_PAIR(first, last, qubit) {
        V *zero = state + 2 * low, *one = state + 2 * (low + half);
        V r0 = zero[0], i0 = zero[1], r1 = one[0], i1 = one[1];
        zero[0] = u.ar * r0 - u.ai * i0 - u.br * r1 - u.bi * i1;
        zero[1] = u.ar * i0 + u.ai * r0 - u.br * i1 + u.bi * r1;
        one[0] = u.br * r0 - u.bi * i0 + u.ar * r1 + u.ai * i1;
        one[1] = u.br * i0 + u.bi * r0 + u.ar * i1 - u.ai * r1;
    }
}

INLINE void SYMBOL(negate)(V *state, size_t dimension, const uint8_t *signs) {
    for (size_t i = 0; i < dimension; i++) {
        if (!signs[i]) continue;
        state[2 * i] = -state[2 * i];
        state[2 * i + 1] = -state[2 * i + 1];
    }
}

// A program's opening rotations, at most one a qubit, turn a basis state into a product state. It is built qubit by
// qubit: `prefixes` gets the products of the first q qubits, q = 1, 2, ..., one after the other; the product of all goes
// to `state`, where given.
static void SYMBOL(open_tile)(const qmtl_program *program, const REAL *angles, size_t stride, int32_t start,
                              V *factors, V *prefixes, V *state) {
    for (int q = 0; q < program->qubits; q++) {
        V *factor = factors + 4 * q;
        for (int c = 0; c < 4; c++) factor[c] = SYMBOL(splat)(c == (start >> q & 1) * 2);
    }
    for (int o = 0; o < program->opening_count; o++) {
        const qmtl_operation *operation = program->operations + o;
        V *factor = factors + 4 * operation->qubit;
        SU2 u = SYMBOL(fused)(program, operation, angles, stride);
        if (start >> operation->qubit & 1) {
            factor[0] = -u.br; factor[1] = u.bi; factor[2] = u.ar; factor[3] = -u.ai;
        } else {
            factor[0] = u.ar; factor[1] = u.ai; factor[2] = u.br; factor[3] = u.bi;
        }
    }
    const V *before = 0;
    for (int q = 0; q < program->qubits - (state == 0); q++) {
        const V *factor = factors + 4 * q;
        size_t half = (size_t)1 << q;
        V *after = q + 1 == program->qubits ? state : prefixes;
        for (size_t i = 0; i < half; i++) {
            V r = before ? before[2 * i] : SYMBOL(splat)(1), m = before ? before[2 * i + 1] : SYMBOL(splat)(0);
            after[2 * (i + half)] = factor[2] * r - factor[3] * m;
            after[2 * (i + half) + 1] = factor[2] * m + factor[3] * r;
            after[2 * i] = factor[0] * r - factor[1] * m;
            after[2 * i + 1] = factor[0] * m + factor[1] * r;
        }
        before = after;
        prefixes += 4 * half;
    }
}

static void SYMBOL(forward_tile)(const qmtl_program *program, const REAL *angles, size_t stride, int32_t start,
                                 V *scratch, V *state) {
    size_t dimension = (size_t)1 << program->qubits;
    if (program->qubits == 0) {
        state[0] = SYMBOL(splat)(1);
        state[1] = SYMBOL(splat)(0);
        return;
    }
    SYMBOL(open_tile)(program, angles, stride, start, scratch, scratch + 4 * program->qubits, state);
    for (int o = program->opening_count; o < program->operation_count; o++) {
        const qmtl_operation *operation = program->operations + o;
        if (operation->factor_count == 0) {
            SYMBOL(negate)(state, dimension, program->signs + operation->first * dimension);
        } else {
            SU2 u = SYMBOL(fused)(program, operation, angles, stride);
            SYMBOL(rotate_pairs)(state, 0, dimension / 2, operation->qubit, u);
        }
    }
}

// Undoes a fused rotation on state and dual, and gives Im <dual| P |state> for P = X, Y, Z, taken behind it.
INLINE void SYMBOL(unrotate_pairs)(V *state, V *dual, size_t first, size_t last, int qubit, SU2 u,
                                   V projections[3]) {
    V x = {0}, y = {0}, z = {0};
    EACH_PAIR(first, last, qubit) {
        V *s0 = state + 2 * low, *s1 = state + 2 * (low + half);
        V *d0 = dual + 2 * low, *d1 = dual + 2 * (low + half);
        V r0 = s0[0], i0 = s0[1], r1 = s1[0], i1 = s1[1];
        V p0 = d0[0], q0 = d0[1], p1 = d1[0], q1 = d1[1];
        x += p0 * i1 - q0 * r1 + p1 * i0 - q1 * r0;
        y += p1 * r0 + q1 * i0 - p0 * r1 - q0 * i1;
        z += p0 * i0 - q0 * r0 - p1 * i1 + q1 * r1;
        s0[0] = u.ar * r0 + u.ai * i0 + u.br * r1 + u.bi * i1;
        s0[1] = u.ar * i0 - u.ai * r0 + u.br * i1 - u.bi * r1;
        s1[0] = u.ar * r1 - u.ai * i1 - u.br * r0 + u.bi * i0;
        s1[1] = u.ar * i1 + u.ai * r1 - u.br * i0 - u.bi * r0;
        d0[0] = u.ar * p0 + u.ai * q0 + u.br * p1 + u.bi * q1;
        d0[1] = u.ar * q0 - u.ai * p0 + u.br * q1 - u.bi * p1;
        d1[0] = u.ar * p1 - u.ai * q1 - u.br * p0 + u.bi * q0;
        d1[1] = u.ar * q1 + u.ai * p1 - u.br * q0 - u.bi * p0;
    }
    projections[0] = x;
    projections[1] = y;
    projections[2] = z;
}

// The gradient of a rotation about P is Im <dual| P |state>. Going back through the factor, the projections on the other
// two axes turn by its angle (P -> R P R^dagger), so every factor of a fused rotation reads its own axis.
INLINE void SYMBOL(factor_gradients)(const qmtl_program *program, const qmtl_operation *operation,
                                     const REAL *angles, size_t stride, V projections[3], REAL *gradients) {
    for (int f = operation->factor_count - 1; f >= 0; f--) {
        const qmtl_factor *factor = program->factors + operation->first + f;
        *(V *)(gradients + factor->slot * stride) += projections[factor->axis];
        if (f == 0) break;
        V c, s;
        SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
        V cosine = c * c - s * s, sine = 2 * c * s;
        int b = (factor->axis + 1) % 3, d = (factor->axis + 2) % 3;
        V vb = projections[b], vd = projections[d];
        projections[b] = cosine * vb + sine * vd;
        projections[d] = cosine * vd - sine * vb;
    }
}

// The gradients of the opening rotations. The dual is contracted with the product state from the last qubit down; what
// is left of it at qubit q, contracted with the product of the qubits below, is the qubit's environment.
static void SYMBOL(close_tile)(const qmtl_program *program, const REAL *angles, size_t stride, int32_t start,
                               V *scratch, V *dual, REAL *gradients) {
    V *factors = scratch, *prefixes = scratch + 4 * program->qubits;
    SYMBOL(open_tile)(program, angles, stride, start, factors, prefixes, 0);
    int o = program->opening_count - 1;
    for (int q = program->qubits - 1; q >= 0 && o >= 0; q--) {
        const V *factor = factors + 4 * q;
        size_t half = (size_t)1 << q;
        const V *below = q > 0 ? prefixes + 2 * half - 4 : 0;  // after those of 1, ..., q - 1 qubits
        V *low = dual, *high = dual + 2 * half;
        if (program->operations[o].qubit == q) {
            V e[4] = {{0}, {0}, {0}, {0}};  // sum over the rest of conj(dual) * below, for the qubit's 0 and 1
            for (size_t i = 0; i < half; i++) {
                V r = below ? below[2 * i] : SYMBOL(splat)(1), m = below ? below[2 * i + 1] : SYMBOL(splat)(0);
                e[0] += low[2 * i] * r + low[2 * i + 1] * m;
                e[1] += low[2 * i] * m - low[2 * i + 1] * r;
                e[2] += high[2 * i] * r + high[2 * i + 1] * m;
                e[3] += high[2 * i] * m - high[2 * i + 1] * r;
            }
            V r0 = factor[0], i0 = factor[1], r1 = factor[2], i1 = factor[3];
            V projections[3] = {
                e[0] * i1 + e[1] * r1 + e[2] * i0 + e[3] * r0,
                e[2] * r0 - e[3] * i0 - e[0] * r1 + e[1] * i1,
                e[0] * i0 + e[1] * r0 - e[2] * i1 - e[3] * r1,
            };
            SYMBOL(factor_gradients)(program, program->operations + o, angles, stride, projections, gradients);
            o--;
        }
        // dual_i <- sum_s conj(psi_s) dual_(s,i), so that conj(dual) stays the bra of what is left.
        for (size_t i = 0; i < half; i++) {
            V r0 = low[2 * i], i0 = low[2 * i + 1], r1 = high[2 * i], i1 = high[2 * i + 1];
            low[2 * i] = factor[0] * r0 + factor[1] * i0 + factor[2] * r1 + factor[3] * i1;
            low[2 * i + 1] = factor[0] * i0 - factor[1] * r0 + factor[2] * i1 - factor[3] * r1;
        }
    }
}

static void SYMBOL(adjoint_tile)(const qmtl_program *program, const REAL *angles, size_t stride, int32_t start,
                                 V *scratch, V *state, V *dual, REAL *gradients) {
    size_t dimension = (size_t)1 << program->qubits;
    for (int o = program->operation_count - 1; o >= program->opening_count; o--) {
        const qmtl_operation *operation = program->operations + o;
        if (operation->factor_count == 0) {
            const uint8_t *signs = program->signs + operation->first * dimension;
            SYMBOL(negate)(state, dimension, signs);
            SYMBOL(negate)(dual, dimension, signs);
        } else {
            V projections[3];
            SU2 u = SYMBOL(fused)(program, operation, angles, stride);
            SYMBOL(unrotate_pairs)(state, dual, 0, dimension / 2, operation->qubit, u, projections);
            SYMBOL(factor_gradients)(program, operation, angles, stride, projections, gradients);
        }
    }
    if (program->qubits > 0) SYMBOL(close_tile)(program, angles, stride, start, scratch, dual, gradients);
}

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

// The entry points: lanes in vectors of WIDTH.

#define EACH_VECTOR for (size_t v = 0; v < lanes / WIDTH; v++)
#define STATE(states, qubits) ((V *)(states) + v * 2 * ((size_t)1 << (qubits)))
#define LANE (first_lane + v * WIDTH)

void SYMBOL(forward)(const qmtl_program *program, const REAL *angles, size_t stride, const int32_t *start,
                     size_t first_lane, size_t lanes, REAL *scratch, REAL *states) {
    EACH_VECTOR SYMBOL(forward_tile)(program, angles + LANE, stride, start ? start[LANE] : 0, (V *)scratch,
                                     STATE(states, program->qubits));
}

void SYMBOL(reduce)(const qmtl_register *reg, const REAL *states, size_t first_lane, size_t lanes, REAL *reduced,
                    size_t stride) {
    EACH_VECTOR SYMBOL(reduce_tile)(reg, STATE(states, reg->qubits), reduced + LANE, stride);
}

void SYMBOL(apply)(const qmtl_register *reg, const REAL *matrices, size_t stride, size_t first_lane, size_t lanes,
                   const REAL *states, int add, REAL *duals) {
    EACH_VECTOR SYMBOL(apply_tile)(reg, matrices + LANE, stride, STATE(states, reg->qubits), add,
                                   STATE(duals, reg->qubits));
}

void SYMBOL(adjoint)(const qmtl_program *program, const REAL *angles, size_t stride, const int32_t *start,
                     size_t first_lane, size_t lanes, REAL *scratch, REAL *states, REAL *duals, REAL *gradients) {
    EACH_VECTOR SYMBOL(adjoint_tile)(program, angles + LANE, stride, start ? start[LANE] : 0, (V *)scratch,
                                     STATE(states, program->qubits), STATE(duals, program->qubits),
                                     gradients + LANE);
}

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

void SYMBOL(conjugate)(const qmtl_observable *observable, int qubits, const REAL *states, size_t tasks, REAL *matrices,
                       size_t stride) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = 0; task < tasks; task += WIDTH) {
        for (size_t i = 0; i < dimension; i++) {
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
                            const REAL *matrices, size_t stride, REAL *duals) {
    size_t dimension = (size_t)1 << qubits;
    for (size_t task = 0; task < tasks; task += WIDTH) {
        for (size_t i = 0; i < dimension; i++) {
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

// Wide states: one state at a time, whose highest qubits are the lanes of a vector. Gates on the other qubits are the loops
// above on every lane alike; gates on a lane qubit exchange lanes.

#define LANE_QUBITS (WIDTH == 16 ? 4 : WIDTH == 8 ? 3 : WIDTH == 4 ? 2 : 1)

// The lane whose index differs in bit `bit`.
INLINE V SYMBOL(partner)(V v, int bit) {
    V p;
    for (int lane = 0; lane < WIDTH; lane++) p[lane] = v[lane ^ 1 << bit];
    return p;
}

// u for the lanes whose bit is 0, in the form kept * v + taken * partner; its rows are swapped where the bit is 1.
INLINE SU2 SYMBOL(lane_form)(SU2 u, int bit) {
    for (int lane = 0; lane < WIDTH; lane++) {
        if (lane >> bit & 1) u.ai[lane] = -u.ai[lane];
        else u.br[lane] = -u.br[lane];
    }
    return u;
}

INLINE void SYMBOL(rotate_lanes)(V *state, size_t first, size_t last, int bit, SU2 u) {
    SU2 w = SYMBOL(lane_form)(u, bit);
    for (size_t i = first; i < last; i++) {
        V r = state[2 * i], m = state[2 * i + 1];
        V pr = SYMBOL(partner)(r, bit), pm = SYMBOL(partner)(m, bit);
        state[2 * i] = w.ar * r - w.ai * m + w.br * pr - w.bi * pm;
        state[2 * i + 1] = w.ar * m + w.ai * r + w.br * pm + w.bi * pr;
    }
}

// The inverse rotation: conj(a) and -b in place of a and b.
INLINE SU2 SYMBOL(inverse)(SU2 u) { return (SU2){u.ar, -u.ai, -u.br, -u.bi}; }

// Im <dual| P |state> for P = X, Y, Z on a lane qubit; every lane gives its own share.
INLINE void SYMBOL(project_lanes)(const V *state, const V *dual, size_t first, size_t last, int bit, V projections[3]) {
    V x = {0}, y = {0}, z = {0}, sign;
    for (int lane = 0; lane < WIDTH; lane++) sign[lane] = lane >> bit & 1 ? -1 : 1;
    for (size_t i = first; i < last; i++) {
        V r = state[2 * i], m = state[2 * i + 1], p = dual[2 * i], q = dual[2 * i + 1];
        V pr = SYMBOL(partner)(r, bit), pm = SYMBOL(partner)(m, bit);
        x += p * pm - q * pr;
        y -= sign * (p * pr + q * pm);
        z += sign * (p * m - q * r);
    }
    projections[0] = x;
    projections[1] = y;
    projections[2] = z;
}

INLINE void SYMBOL(negate_lanes)(V *state, size_t first, size_t last, const uint16_t *signs) {
    for (size_t i = first; i < last; i++) {
        unsigned mask = signs[i];
        if (!mask) continue;
        V factor;
        for (int lane = 0; lane < WIDTH; lane++) factor[lane] = (REAL)1 - 2 * (REAL)(mask >> lane & 1);
        state[2 * i] *= factor;
        state[2 * i + 1] *= factor;
    }
}

// Runs `body` with LANE_BIT a constant, so that exchanging lanes is one shuffle.
#define EACH_LANE_BIT(bit, body)                          \
    switch (bit) {                                        \
        case 0: { enum { LANE_BIT = 0 }; body; } break;   \
        case 1: { enum { LANE_BIT = 1 % LANE_QUBITS }; body; } break; \
        case 2: { enum { LANE_BIT = 2 % LANE_QUBITS }; body; } break; \
        default: { enum { LANE_BIT = 3 % LANE_QUBITS }; body; }       \
    }

// The part of a step that belongs to vectors (for a rotation of another qubit: pairs of vectors) first..<last.
void SYMBOL(wide_forward)(const qmtl_program *program, int step, const REAL *angles, size_t stride, size_t first,
                          size_t last, REAL *states) {
    V *state = (V *)states;
    size_t dimension = (size_t)1 << (program->qubits - LANE_QUBITS);
    const qmtl_operation *operation = program->operations + step;
    if (operation->factor_count == 0) {
        SYMBOL(negate_lanes)(state, first, last, program->lane_signs + operation->first * dimension);
        return;
    }
    SU2 u = SYMBOL(fused)(program, operation, angles, stride);
    int bit = operation->qubit - (program->qubits - LANE_QUBITS);
    if (bit >= 0) {
        EACH_LANE_BIT(bit, SYMBOL(rotate_lanes)(state, first, last, LANE_BIT, u));
    } else {
        SYMBOL(rotate_pairs)(state, first, last, operation->qubit, u);
    }
}

void SYMBOL(wide_adjoint)(const qmtl_program *program, int step, const REAL *angles, size_t stride, size_t first,
                          size_t last, REAL *states, REAL *duals, REAL *projections) {
    V *state = (V *)states, *dual = (V *)duals;
    size_t dimension = (size_t)1 << (program->qubits - LANE_QUBITS);
    const qmtl_operation *operation = program->operations + step;
    if (operation->factor_count == 0) {
        SYMBOL(negate_lanes)(state, first, last, program->lane_signs + operation->first * dimension);
        SYMBOL(negate_lanes)(dual, first, last, program->lane_signs + operation->first * dimension);
        return;
    }
    SU2 u = SYMBOL(fused)(program, operation, angles, stride);
    int bit = operation->qubit - (program->qubits - LANE_QUBITS);
    if (bit >= 0) {
        EACH_LANE_BIT(bit, {
            SYMBOL(project_lanes)(state, dual, first, last, LANE_BIT, (V *)projections);
            SYMBOL(rotate_lanes)(state, first, last, LANE_BIT, SYMBOL(inverse)(u));
            SYMBOL(rotate_lanes)(dual, first, last, LANE_BIT, SYMBOL(inverse)(u));
        });
    } else {
        SYMBOL(unrotate_pairs)(state, dual, first, last, operation->qubit, u, (V *)projections);
    }
}

// Adds the gradients of a rotation's factors from its projections.
void SYMBOL(wide_gradients)(const qmtl_program *program, int step, const REAL *angles, size_t stride,
                            const REAL *projections, REAL *gradients) {
    V copy[3];
    memcpy(copy, projections, sizeof copy);
    SYMBOL(factor_gradients)(program, program->operations + step, angles, stride, copy, gradients);
}

#undef LANE_QUBITS
#undef EACH_LANE_BIT

#undef EACH_VECTOR
#undef STATE
#undef LANE
#undef V
#undef EACH_PAIR
#undef SU2
#undef INLINE
