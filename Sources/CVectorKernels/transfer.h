// Noisy circuits in the Pauli basis: states are the expectation values of all Pauli operators, duals are observables.
// Included by tile_loops.h, once for each precision and instruction set. Entry i of a state is the vector at i; i has a
// base-4 digit (I, X, Y, Z) per qubit, the first qubit's lowest.

// What a fused operation does to X, Y, Z: row r is the image of the (r + 1)th; columns I, X, Y, Z.
typedef struct {
    V m[3][4];
} SYMBOL(affine);
#define AFFINE SYMBOL(affine)

INLINE void SYMBOL(turn_angle)(const qmtl_transfer_factor *factor, const REAL *angles, size_t stride, V *c, V *s) {
    V half_c, half_s;
    SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride) * (REAL)factor->sign, &half_c, &half_s);
    *c = half_c * half_c - half_s * half_s;
    *s = 2 * half_c * half_s;
}

// The matrix of factor * before.
INLINE void SYMBOL(follow)(const qmtl_transfer_factor *factor, const REAL *angles, size_t stride,
                           const AFFINE *before, AFFINE *after) {
    if (factor->axis < 0) {
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                V sum = SYMBOL(splat)(c == 0 ? (REAL)factor->matrix[4 * (r + 1)] : 0);
                for (int k = 0; k < 3; k++) sum += (REAL)factor->matrix[4 * (r + 1) + k + 1] * before->m[k][c];
                after->m[r][c] = sum;
            }
        }
        return;
    }
    V c, s;
    SYMBOL(turn_angle)(factor, angles, stride, &c, &s);
    int a = factor->axis, b = (a + 1) % 3, d = (a + 2) % 3;
    for (int k = 0; k < 4; k++) {
        V vb = before->m[b][k], vd = before->m[d][k];
        after->m[a][k] = before->m[a][k];
        after->m[b][k] = c * vb - s * vd;
        after->m[d][k] = s * vb + c * vd;
    }
}

// The matrices behind 0, 1, ..., all factors; `chain` has room for one more than there are factors.
INLINE void SYMBOL(chain)(const qmtl_transfer_factor *factors, int count, const REAL *angles, size_t stride,
                          AFFINE *chain) {
    for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 4; c++) chain[0].m[r][c] = SYMBOL(splat)(c == r + 1);
    }
    for (int f = 0; f < count; f++) SYMBOL(follow)(factors + f, angles, stride, chain + f, chain + f + 1);
}

// The factors' gradients, for the gradient of their product `slope`.
INLINE void SYMBOL(chain_gradients)(const qmtl_transfer_factor *factors, int count, const REAL *angles, size_t stride,
                                    const AFFINE *chain, AFFINE *slope, REAL *gradients) {
    for (int f = count - 1; f >= 0; f--) {
        const qmtl_transfer_factor *factor = factors + f;
        if (factor->axis < 0) {
            AFFINE image = *slope;
            for (int k = 0; k < 3; k++) {
                for (int c = 0; c < 4; c++) {
                    V sum = {0};
                    for (int r = 0; r < 3; r++) sum += (REAL)factor->matrix[4 * (r + 1) + k + 1] * image.m[r][c];
                    slope->m[k][c] = sum;
                }
            }
            continue;
        }
        V c, s, sum = {0};
        SYMBOL(turn_angle)(factor, angles, stride, &c, &s);
        int b = (factor->axis + 1) % 3, d = (factor->axis + 2) % 3;
        const AFFINE *after = chain + f + 1;
        for (int k = 0; k < 4; k++) sum += slope->m[d][k] * after->m[b][k] - slope->m[b][k] * after->m[d][k];
        *(V *)(gradients + factor->slot * stride) += sum * (REAL)factor->sign;
        for (int k = 0; k < 4; k++) {
            V vb = slope->m[b][k], vd = slope->m[d][k];
            slope->m[b][k] = c * vb + s * vd;
            slope->m[d][k] = c * vd - s * vb;
        }
    }
}

// Every index below `count` with zeros at the two bits of `qubit`.
#define EACH_QUARTET(count, qubit)                                                            \
    for (size_t high = 0, step = (size_t)1 << 2 * (qubit); high < (count); high += 4 * step) \
        for (size_t i = high; i < high + step; i++)

static void SYMBOL(single)(const AFFINE *a, int shifts, int qubit, size_t count, V *state) {
    EACH_QUARTET(count, qubit) {
        V o = state[i], x = state[i + step], y = state[i + 2 * step], z = state[i + 3 * step];
        for (int r = 0; r < 3; r++) {
            V sum = a->m[r][1] * x + a->m[r][2] * y + a->m[r][3] * z;
            if (shifts) sum += a->m[r][0] * o;
            state[i + (r + 1) * step] = sum;
        }
    }
}

static void SYMBOL(single_dual)(const AFFINE *a, int shifts, int qubit, size_t count, V *dual) {
    EACH_QUARTET(count, qubit) {
        V x = dual[i + step], y = dual[i + 2 * step], z = dual[i + 3 * step];
        if (shifts) dual[i] += a->m[0][0] * x + a->m[1][0] * y + a->m[2][0] * z;
        for (int c = 1; c < 4; c++) {
            dual[i + c * step] = a->m[0][c] * x + a->m[1][c] * y + a->m[2][c] * z;
        }
    }
}

// The same, with the gradient of the matrix from the state before it.
static void SYMBOL(single_slope)(const AFFINE *a, int shifts, int qubit, size_t count, const V *state, V *dual,
                                 AFFINE *slope) {
    V s00 = {0}, s01 = {0}, s02 = {0}, s03 = {0}, s10 = {0}, s11 = {0}, s12 = {0}, s13 = {0};
    V s20 = {0}, s21 = {0}, s22 = {0}, s23 = {0};
    EACH_QUARTET(count, qubit) {
        V x = dual[i + step], y = dual[i + 2 * step], z = dual[i + 3 * step];
        V p = state[i + step], q = state[i + 2 * step], r = state[i + 3 * step];
        s01 += x * p; s02 += x * q; s03 += x * r;
        s11 += y * p; s12 += y * q; s13 += y * r;
        s21 += z * p; s22 += z * q; s23 += z * r;
        if (shifts) {
            V o = state[i];
            s00 += x * o; s10 += y * o; s20 += z * o;
            dual[i] += a->m[0][0] * x + a->m[1][0] * y + a->m[2][0] * z;
        }
        dual[i + step] = a->m[0][1] * x + a->m[1][1] * y + a->m[2][1] * z;
        dual[i + 2 * step] = a->m[0][2] * x + a->m[1][2] * y + a->m[2][2] * z;
        dual[i + 3 * step] = a->m[0][3] * x + a->m[1][3] * y + a->m[2][3] * z;
    }
    *slope = (AFFINE){{{s00, s01, s02, s03}, {s10, s11, s12, s13}, {s20, s21, s22, s23}}};
}

// A sparse matrix on two qubits, row by row; gates of the Clifford group under Pauli noise have one entry in each.
static void SYMBOL(pair)(const qmtl_transfer_matrix *matrix, int lower, int upper, size_t count, V *state) {
    size_t low = (size_t)1 << 2 * lower, high = (size_t)1 << 2 * upper;
    int permutes = 1;
    for (int row = 0; row < 17; row++) permutes &= matrix->first[row] == row;
    for (size_t a = 0; a < count; a += 4 * high) {
        for (size_t b = a; b < a + high; b += 4 * low) {
            for (size_t i = b; i < b + low; i++) {
                V values[16];
                for (int k = 0; k < 16; k++) values[k] = state[i + (k & 3) * low + (k >> 2) * high];
                if (permutes) {
                    for (int row = 0; row < 16; row++) {
                        state[i + (row & 3) * low + (row >> 2) * high] =
                            (REAL)matrix->values[row] * values[matrix->columns[row]];
                    }
                    continue;
                }
                for (int row = 0; row < 16; row++) {
                    V sum = {0};
                    for (int t = matrix->first[row]; t < matrix->first[row + 1]; t++) {
                        sum += (REAL)matrix->values[t] * values[matrix->columns[t]];
                    }
                    state[i + (row & 3) * low + (row >> 2) * high] = sum;
                }
            }
        }
    }
}

#define SPAN(qubits) ((size_t)1 << 2 * (qubits))

// Work space: per qubit the opening's four numbers, the products of the first 1, 2, ... qubits, a chain of matrices.
INLINE AFFINE *SYMBOL(chain_space)(const qmtl_transfer_program *program, V *scratch) {
    return (AFFINE *)(scratch + 4 * program->qubits + SPAN(program->qubits));
}

// The product state behind the opening of the first qubits; to `state` where given.
static void SYMBOL(open_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride, int qubits,
                                  V *scratch, V *state) {
    AFFINE *chain = SYMBOL(chain_space)(program, scratch);
    V *prefixes = scratch + 4 * program->qubits;
    const V *before = 0;
    for (int q = 0; q < qubits; q++) {
        const qmtl_transfer_operation *opening = program->opening + q;
        V *own = scratch + 4 * q;
        SYMBOL(chain)(program->factors + opening->first, opening->factor_count, angles, stride, chain);
        const AFFINE *a = chain + opening->factor_count;
        own[0] = SYMBOL(splat)(1);
        for (int r = 0; r < 3; r++) own[r + 1] = a->m[r][0] + a->m[r][3];
        if (q + 1 == qubits && !state) return;
        size_t size = SPAN(q);
        V *after = q + 1 == qubits ? state : prefixes;
        for (int c = 3; c >= 0; c--) {
            for (size_t i = 0; i < size; i++) after[c * size + i] = before ? own[c] * before[i] : own[c];
        }
        before = after;
        prefixes += 4 * size;
    }
    if (qubits == 0 && state) state[0] = SYMBOL(splat)(1);
}

static void SYMBOL(transfer_forward_tile)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                          const REAL *start, size_t start_stride, V *scratch, V *state, V *tape) {
    AFFINE *chain = SYMBOL(chain_space)(program, scratch);
    if (program->opening) {
        SYMBOL(open_transfer)(program, angles, stride, program->opening_qubits, scratch, state);
    } else {
        for (size_t i = 0; i < SPAN(program->qubits); i++) state[i] = *(const V *)(start + i * start_stride);
    }
    for (int o = 0; o < program->operation_count; o++) {
        const qmtl_transfer_operation *operation = program->operations + o;
        size_t count = SPAN(operation->active);
        if (operation->upper >= 0) {
            SYMBOL(pair)(program->matrices + operation->first, operation->qubit, operation->upper, count, state);
            continue;
        }
        if (tape && operation->has_angle) {
            memcpy(tape, state, count * sizeof(V));
            tape += count;
        }
        SYMBOL(chain)(program->factors + operation->first, operation->factor_count, angles, stride, chain);
        SYMBOL(single)(chain + operation->factor_count, operation->shifts, operation->qubit, count, state);
    }
}

// Takes a dual back through the opening: contracted with the other qubits' parts of the product state, from the last
// qubit down, it is the gradient of one qubit's part.
static void SYMBOL(close_transfer)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                   V *scratch, V *dual, REAL *gradients) {
    int qubits = program->opening_qubits;
    AFFINE *chain = SYMBOL(chain_space)(program, scratch);
    SYMBOL(open_transfer)(program, angles, stride, qubits, scratch, 0);
    const V *prefix = scratch + 4 * program->qubits;
    for (int q = 0; q + 2 < qubits; q++) prefix += SPAN(q + 1);
    for (int q = qubits - 1; q >= 0; q--) {
        const qmtl_transfer_operation *opening = program->opening + q;
        size_t size = SPAN(q);
        if (opening->has_angle) {
            AFFINE slope;
            for (int r = 0; r < 3; r++) {
                V sum = {0};
                for (size_t i = 0; i < size; i++) {
                    sum += q == 0 ? dual[r + 1] : dual[(r + 1) * size + i] * prefix[i];
                }
                slope.m[r][0] = slope.m[r][3] = sum;
                slope.m[r][1] = slope.m[r][2] = SYMBOL(splat)(0);
            }
            const qmtl_transfer_factor *factors = program->factors + opening->first;
            SYMBOL(chain)(factors, opening->factor_count, angles, stride, chain);
            SYMBOL(chain_gradients)(factors, opening->factor_count, angles, stride, chain, &slope, gradients);
        }
        const V *own = scratch + 4 * q;
        for (size_t i = 0; i < size; i++) {
            dual[i] += own[1] * dual[size + i] + own[2] * dual[2 * size + i] + own[3] * dual[3 * size + i];
        }
        if (q > 1) prefix -= SPAN(q - 1);
    }
}

static void SYMBOL(transfer_adjoint_tile)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                                          V *scratch, const V *tape, V *dual, REAL *gradients) {
    AFFINE *chain = SYMBOL(chain_space)(program, scratch);
    size_t filled = SPAN(program->final_qubits);
    for (int o = 0; gradients && o < program->operation_count; o++) {
        if (program->operations[o].has_angle) tape += SPAN(program->operations[o].active);
    }
    for (int o = program->operation_count - 1; o >= 0; o--) {
        const qmtl_transfer_operation *operation = program->operations + o;
        size_t count = SPAN(operation->active);
        // Qubits that were left out of account behind this operation: observables are the identity there.
        if (count > filled) memset(dual + filled, 0, (count - filled) * sizeof(V));
        filled = count;
        if (operation->upper >= 0) {
            SYMBOL(pair)(program->matrices + operation->first + 1, operation->qubit, operation->upper, count, dual);
            continue;
        }
        const qmtl_transfer_factor *factors = program->factors + operation->first;
        SYMBOL(chain)(factors, operation->factor_count, angles, stride, chain);
        const AFFINE *product = chain + operation->factor_count;
        if (gradients && operation->has_angle) {
            AFFINE slope;
            tape -= count;
            SYMBOL(single_slope)(product, operation->shifts, operation->qubit, count, tape, dual, &slope);
            SYMBOL(chain_gradients)(factors, operation->factor_count, angles, stride, chain, &slope, gradients);
        } else {
            SYMBOL(single_dual)(product, operation->shifts, operation->qubit, count, dual);
        }
    }
    if (gradients && program->opening) SYMBOL(close_transfer)(program, angles, stride, scratch, dual, gradients);
}

// The entry of a state that belongs to a Pauli operator on a register.
INLINE size_t SYMBOL(place)(const qmtl_register *reg, size_t index) {
    size_t place = 0;
    for (int k = 0; k < reg->width; k++) place |= (index >> 2 * k & 3) << 2 * reg->positions[k];
    return place;
}

#define TRANSFER_STATE(states, qubits) ((V *)(states) + v * SPAN(qubits))

void SYMBOL(transfer_forward)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                              const REAL *start, size_t start_stride, size_t first_lane, size_t lanes, REAL *scratch,
                              REAL *states, REAL *tape) {
    EACH_VECTOR SYMBOL(transfer_forward_tile)(program, angles + LANE, stride, start ? start + LANE : 0, start_stride,
                                              (V *)scratch, TRANSFER_STATE(states, program->qubits),
                                              tape ? (V *)tape + v * program->tape_size : 0);
}

void SYMBOL(transfer_adjoint)(const qmtl_transfer_program *program, const REAL *angles, size_t stride,
                              size_t first_lane, size_t lanes, REAL *scratch, const REAL *tape, REAL *duals,
                              REAL *gradients) {
    EACH_VECTOR SYMBOL(transfer_adjoint_tile)(program, angles + LANE, stride, (V *)scratch,
                                              (const V *)tape + v * program->tape_size,
                                              TRANSFER_STATE(duals, program->qubits),
                                              gradients ? gradients + LANE : 0);
}

void SYMBOL(transfer_read)(const qmtl_register *reg, const REAL *states, size_t first_lane, size_t lanes, REAL *rows,
                           size_t stride) {
    EACH_VECTOR for (size_t i = 0; i < SPAN(reg->width); i++) {
        *(V *)(rows + i * stride + LANE) = TRANSFER_STATE(states, reg->qubits)[SYMBOL(place)(reg, i)];
    }
}

void SYMBOL(transfer_write)(const qmtl_register *reg, const REAL *rows, size_t stride, size_t first_lane,
                            size_t lanes, REAL *states) {
    EACH_VECTOR for (size_t i = 0; i < SPAN(reg->width); i++) {
        TRANSFER_STATE(states, reg->qubits)[SYMBOL(place)(reg, i)] += *(const V *)(rows + i * stride + LANE);
    }
}

#undef AFFINE
#undef EACH_QUARTET
#undef SPAN
#undef TRANSFER_STATE
