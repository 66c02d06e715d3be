// Circuits under noise, in the Pauli basis: a state of n qubits is the 4^n real numbers Tr(P rho), and the index of P has a
// base-4 digit (I, X, Y, Z) per qubit. Rotations and channels that meet on a qubit are fused into one real matrix, the 12
// numbers that X, Y, Z become combinations of I, X, Y, Z by: entry 4 * row + column. Mirrored by the Swift type TransferTable.

#define SPAN(qubits) ((size_t)1 << 2 * (qubits))

// Fused matrices are those of the opening, one for each of the lowest `opened` qubits, then those of the operations. A group
// has memory of its own: chains of matrices from 0 on, then, from these numbers of a lane on, the gradients of fused
// matrices, a tape of what gradients need of the states, and, where states are in global memory, the state.
typedef struct {
    int qubits, opened, final_qubits, fused, fused_count, operations, operation_count;
    int slopes, tape, state;
} transfer_program;
// Factors on one qubit, first to last. The products of the first 0, 1, ... of them lie from `chain` on.
typedef struct { int first, count, chain, has_angle; } fused_entry;
// A rotation about axis 0, 1, 2 by the sign (1 or -1) times the angle in `slot`, whose gradient goes to `row`; where axis < 0 a fixed matrix
// of 12 numbers from number `slot` on.
typedef struct { int axis, slot, sign, row; } transfer_factor;
// A step on the lowest `active` qubits. Where upper < 0 a fused matrix, with its states on the tape unless tape < 0; else the
// pair_matrix at `matrix`, followed by its transpose.
typedef struct { int qubit, upper, active, matrix, shifts, tape; } transfer_operation;
// A sparse matrix on two qubits: its list of entries, of which those of row r are first[r] to first[r + 1]; whether each
// row has one, as those of Clifford gates under Pauli noise.
typedef struct { int entries, permutes, first[17]; } pair_matrix;
typedef struct { int column, number; } pair_entry;

typedef struct {
    circuit_angles angles;
    tile_of_lanes tile;
    transfer_program program;
    __global const real *numbers;  // the plan's fixed numbers
    __global realv *own;           // the group's memory
    STATE realv *s;                // the state or the dual
} transfer_lane;

inline __global realv *chain_element(const transfer_lane *lane, fused_entry fused, int index) {
    return lane->own + (size_t)(fused.chain + 12 * index) * LANES;
}

// The product of all factors of a fused matrix.
inline __global const realv *fused_matrix(const transfer_lane *lane, int index) {
    fused_entry fused = ENTRY(fused_entry, lane->angles.plan, lane->program.fused)[index];
    return chain_element(lane, fused, fused.count);
}

inline void turn_angle(const transfer_lane *lane, int slot, int sign, realv *cosine, realv *sine) {
    realv c, s;
    slot_angle(&lane->angles, &lane->tile, slot, &c, &s);
    *cosine = c * c - s * s;
    *sine = sign < 0 ? -2 * c * s : 2 * c * s;
}

inline void follow(const transfer_lane *lane, transfer_factor factor, __global const realv *before,
                   __global realv *after) {
    if (factor.axis < 0) {
        __global const real *m = lane->numbers + factor.slot;
        for (int k = 0; k < 4; k++) {
            realv x = before[k * LANES], y = before[(4 + k) * LANES], z = before[(8 + k) * LANES];
            for (int r = 0; r < 3; r++) {
                realv sum = m[4 * r + 1] * x + m[4 * r + 2] * y + m[4 * r + 3] * z;
                after[(4 * r + k) * LANES] = k == 0 ? sum + m[4 * r] : sum;
            }
        }
        return;
    }
    realv c, s;
    turn_angle(lane, factor.slot, factor.sign, &c, &s);
    int a = 4 * factor.axis, b = (a + 4) % 12, d = (a + 8) % 12;
    for (int k = 0; k < 4; k++) {
        realv vb = before[(b + k) * LANES], vd = before[(d + k) * LANES];
        after[(a + k) * LANES] = before[(a + k) * LANES];
        after[(b + k) * LANES] = c * vb - s * vd;
        after[(d + k) * LANES] = s * vb + c * vd;
    }
}

// All products of all fused matrices, shared out over threads; ends behind a barrier.
inline void fuse_matrices(const transfer_lane *lane) {
    for (int f = lane->tile.thread; f < lane->program.fused_count; f += THREADS) {
        fused_entry fused = ENTRY(fused_entry, lane->angles.plan, lane->program.fused)[f];
        __global realv *identity = chain_element(lane, fused, 0);
        for (int n = 0; n < 12; n++) identity[n * LANES] = n % 5 == 1 ? (realv)(1) : (realv)(0);
        for (int n = 0; n < fused.count; n++) {
            follow(lane, ENTRY(transfer_factor, lane->angles.plan, fused.first)[n], chain_element(lane, fused, n),
                   chain_element(lane, fused, n + 1));
        }
    }
    BARRIER();
}

// Takes the gradient of a product, which is used up, back to the angles of its factors.
inline void factor_slopes(const transfer_lane *lane, fused_entry fused, __global realv *slope,
                          __global real *gradients) {
    for (int n = fused.count - 1; n >= 0; n--) {
        transfer_factor factor = ENTRY(transfer_factor, lane->angles.plan, fused.first)[n];
        if (factor.axis < 0) {
            __global const real *m = lane->numbers + factor.slot;
            for (int k = 0; k < 4; k++) {
                realv x = slope[k * LANES], y = slope[(4 + k) * LANES], z = slope[(8 + k) * LANES];
                for (int r = 0; r < 3; r++) {
                    slope[(4 * r + k) * LANES] = m[r + 1] * x + m[r + 5] * y + m[r + 9] * z;
                }
            }
            continue;
        }
        realv c, s, sum = (realv)(0);
        turn_angle(lane, factor.slot, factor.sign, &c, &s);
        int a = 4 * factor.axis, b = (a + 4) % 12, d = (a + 8) % 12;
        __global const realv *after = chain_element(lane, fused, n + 1);
        for (int k = 0; k < 4; k++) {
            realv vb = slope[(b + k) * LANES], vd = slope[(d + k) * LANES];
            sum += vd * after[(b + k) * LANES] - vb * after[(d + k) * LANES];
            slope[(b + k) * LANES] = c * vb + s * vd;
            slope[(d + k) * LANES] = c * vd - s * vb;
        }
        *(__global realv *)(gradients + factor.row * gradient_stride(&lane->tile)) = factor.sign < 0 ? -sum : sum;
    }
}
