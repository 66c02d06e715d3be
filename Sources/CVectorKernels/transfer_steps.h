// The steps of noisy programs, on states and, transposed, on observables ("duals").

// Every index below `count` of an entry with the identity on the qubit whose operators are `step` apart.
#define EACH(count, step, digits)                                      \
    for (size_t high = 0; high < (count); high += (digits) * (step))   \
        for (size_t i = high; i < high + (step); i++)
#define EACH_QUARTET(count, step) EACH(count, step, 4)

// The same for two qubits.
#define EACH_OF_PAIR(operation)                                                                                  \
    for (size_t first = 0; first < (operation)->count; first += (operation)->upper_digits * (operation)->upper_step) \
        for (size_t middle = first; middle < first + (operation)->upper_step;                                    \
             middle += (operation)->digits * (operation)->step)                                                  \
            for (size_t i = middle; i < middle + (operation)->step; i++)

// With a tape, keeps what the gradient needs of the state before: for each quartet I, where it matters, and X, Y, Z.
INLINE V *SYMBOL(single_on)(const AFFINE *product, const qmtl_transfer_operation *operation, V *state, V *tape) {
    AFFINE a = *product;
    size_t step = operation->step;
    int shifts = operation->shifts;
    EACH_QUARTET(operation->count, step) {
        V x = state[i + step], y = state[i + 2 * step], z = state[i + 3 * step];
        if (tape) {
            if (shifts) *tape++ = state[i];
            tape[0] = x, tape[1] = y, tape[2] = z;
            tape += 3;
        }
        for (int r = 0; r < 3; r++) {
            V sum = a.m[r][1] * x + a.m[r][2] * y + a.m[r][3] * z;
            if (shifts) sum += a.m[r][0] * state[i];
            state[i + (r + 1) * step] = sum;
        }
    }
    return tape;
}
static V *SYMBOL(single)(const AFFINE *product, const qmtl_transfer_operation *operation, V *state, V *tape) {
    return tape ? SYMBOL(single_on)(product, operation, state, tape)
                : SYMBOL(single_on)(product, operation, state, 0);
}

static void SYMBOL(single_dual)(const AFFINE *product, const qmtl_transfer_operation *operation, V *dual) {
    AFFINE a = *product;
    size_t step = operation->step;
    int shifts = operation->shifts;
    EACH_QUARTET(operation->count, step) {
        V x = dual[i + step], y = dual[i + 2 * step], z = dual[i + 3 * step];
        if (shifts) dual[i] += a.m[0][0] * x + a.m[1][0] * y + a.m[2][0] * z;
        for (int c = 1; c < 4; c++) dual[i + c * step] = a.m[0][c] * x + a.m[1][c] * y + a.m[2][c] * z;
    }
}

// The same, with the gradient of the matrix from the end of a tape, added to `slope`. Gives where its part of it starts.
static const V *SYMBOL(single_slope)(const AFFINE *product, const qmtl_transfer_operation *operation,
                                     const V *tape_end, V *dual, AFFINE *slope) {
    AFFINE a = *product, s = *slope;
    size_t step = operation->step;
    int shifts = operation->shifts;
    const V *start = tape_end - operation->count / 4 * (shifts ? 4 : 3), *before = start;
    EACH_QUARTET(operation->count, step) {
        V x = dual[i + step], y = dual[i + 2 * step], z = dual[i + 3 * step];
        if (shifts) {
            s.m[0][0] += x * *before;
            s.m[1][0] += y * *before;
            s.m[2][0] += z * *before;
            dual[i] += a.m[0][0] * x + a.m[1][0] * y + a.m[2][0] * z;
            before++;
        }
        for (int c = 1; c < 4; c++, before++) {
            s.m[0][c] += x * *before;
            s.m[1][c] += y * *before;
            s.m[2][c] += z * *before;
        }
        for (int c = 1; c < 4; c++) dual[i + c * step] = a.m[0][c] * x + a.m[1][c] * y + a.m[2][c] * z;
    }
    *slope = s;
    return start;
}

// A matrix on two qubits with one entry in each of its rows: gates of the Clifford group under Pauli noise.
INLINE void SYMBOL(permuting_pair)(const qmtl_transfer_matrix *matrix, const qmtl_transfer_operation *operation,
                                   const size_t *places, const int rows, V *state) {
    V factors[16];
    size_t sources[16];
    for (int row = 0; row < rows; row++) {
        factors[row] = SYMBOL(splat)((REAL)matrix->values[row]);
        sources[row] = places[matrix->columns[row]];
    }
    EACH_OF_PAIR(operation) {
        V values[16];
        // Unrolled, the values stay in registers.
#pragma unroll
        for (int row = 0; row < rows; row++) values[row] = factors[row] * state[i + sources[row]];
#pragma unroll
        for (int row = 0; row < rows; row++) state[i + places[row]] = values[row];
    }
}

// The same for the order of controlled Z, between neighbouring qubits with `step` known to the compiler where it is given.
INLINE void SYMBOL(controlled_z_by)(const qmtl_transfer_matrix *matrix, const qmtl_transfer_operation *operation,
                                    size_t step, size_t upper_step, V *state) {
    V factors[16];
    for (int row = 0; row < 16; row++) factors[row] = SYMBOL(splat)((REAL)matrix->values[row]);
    for (size_t first = 0; first < operation->count; first += 4 * upper_step) {
        for (size_t middle = first; middle < first + upper_step; middle += 4 * step) {
            for (V *entry = state + middle; entry < state + middle + step; entry++) {
                V values[16];
#pragma unroll
                for (int row = 0; row < 16; row++) {
                    // X or Y on one qubit brings Z on the other.
                    int lower = row & 3, upper = row >> 2;
                    int source = lower ^ (upper == 1 || upper == 2 ? 3 : 0);
                    int upper_source = upper ^ (lower == 1 || lower == 2 ? 3 : 0);
                    values[row] = factors[row] * entry[upper_source * upper_step + source * step];
                }
#pragma unroll
                for (int row = 0; row < 16; row++) entry[(row >> 2) * upper_step + (row & 3) * step] = values[row];
            }
        }
    }
}
static void SYMBOL(controlled_z)(const qmtl_transfer_matrix *matrix, const qmtl_transfer_operation *operation,
                                 V *state) {
    size_t step = operation->step, upper_step = operation->upper_step;
    if (step == 1 && upper_step == 4) SYMBOL(controlled_z_by)(matrix, operation, 1, 4, state);
    else if (step == 4 && upper_step == 16) SYMBOL(controlled_z_by)(matrix, operation, 4, 16, state);
    else if (step == 16 && upper_step == 64) SYMBOL(controlled_z_by)(matrix, operation, 16, 64, state);
    else SYMBOL(controlled_z_by)(matrix, operation, step, upper_step, state);
}

// A sparse matrix on two qubits, row by row.
static void SYMBOL(pair)(const qmtl_transfer_matrix *matrix, const qmtl_transfer_operation *operation, V *state) {
    if (matrix->kind == QMTL_TRANSFER_CZ) {
        SYMBOL(controlled_z)(matrix, operation, state);
        return;
    }
    size_t places[16];
    int rows = operation->digits * operation->upper_digits;
    for (int k = 0; k < rows; k++) {
        places[k] = k % operation->digits * operation->step + k / operation->digits * operation->upper_step;
    }
    if (matrix->kind == QMTL_TRANSFER_PERMUTING) {
        if (rows == 16) SYMBOL(permuting_pair)(matrix, operation, places, 16, state);
        else if (rows == 8) SYMBOL(permuting_pair)(matrix, operation, places, 8, state);
        else if (rows == 4) SYMBOL(permuting_pair)(matrix, operation, places, 4, state);
        else SYMBOL(permuting_pair)(matrix, operation, places, 2, state);
        return;
    }
    EACH_OF_PAIR(operation) {
        V values[16];
        for (int k = 0; k < rows; k++) values[k] = state[i + places[k]];
        for (int row = 0; row < rows; row++) {
            V sum = {0};
            for (int t = matrix->first[row]; t < matrix->first[row + 1]; t++) {
                sum += (REAL)matrix->values[t] * values[matrix->columns[t]];
            }
            state[i + places[row]] = sum;
        }
    }
}

// One matrix after the other on a qubit, the images side by side: entry i becomes entries i * factor_count + k.
static void SYMBOL(bond)(const qmtl_transfer_factor *factors, const qmtl_transfer_operation *operation, V *spare,
                         V *state) {
    size_t step = operation->step, images = operation->factor_count;
    int digits = operation->digits;
    EACH(operation->count, step, digits) {
        for (size_t k = 0; k < images; k++) {
            for (int r = 0; r < digits; r++) {
                V sum = {0};
                for (int c = 0; c < digits; c++) {
                    sum += (REAL)factors[k].matrix[digits * r + c] * state[i + c * step];
                }
                spare[(i + r * step) * images + k] = sum;
            }
        }
    }
    memcpy(state, spare, operation->count * images * sizeof(V));
}

static void SYMBOL(bond_dual)(const qmtl_transfer_factor *factors, const qmtl_transfer_operation *operation, V *spare,
                              V *dual) {
    size_t step = operation->step, images = operation->factor_count;
    int digits = operation->digits;
    EACH(operation->count, step, digits) {
        for (int c = 0; c < digits; c++) {
            V sum = {0};
            for (size_t k = 0; k < images; k++) {
                for (int r = 0; r < digits; r++) {
                    sum += (REAL)factors[k].matrix[digits * r + c] * dual[(i + r * step) * images + k];
                }
            }
            spare[i + c * step] = sum;
        }
    }
    memcpy(dual, spare, operation->count * sizeof(V));
}

// Leaves operators on a qubit out of account: what is left are the entries with I there, and, of two kept, with Z.
static void SYMBOL(keep)(const qmtl_transfer_operation *operation, V *state) {
    size_t step = operation->step, size = step * sizeof(V), before = operation->digits * step;
    V *target = state;
    for (size_t high = 0; high < operation->count; high += before) {
        if (high) memmove(target, state + high, size);
        target += step;
        if (operation->factor_count == 2) {
            memmove(target, state + high + 3 * step, size);
            target += step;
        }
    }
}

static void SYMBOL(keep_dual)(const qmtl_transfer_operation *operation, V *dual) {
    size_t step = operation->step, size = step * sizeof(V), before = operation->digits * step;
    const V *source = dual + operation->count / operation->digits * operation->factor_count;
    for (size_t high = operation->count; high > 0;) {
        high -= before;
        if (operation->factor_count == 2) {
            source -= step;
            memmove(dual + high + 3 * step, source, size);
        }
        source -= step;
        memmove(dual + high, source, size);
        memset(dual + high + step, 0, (operation->factor_count == 2 ? 2 : operation->digits - 1) * size);
    }
}
