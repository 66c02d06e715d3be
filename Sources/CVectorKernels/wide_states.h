// States too wide for a tile. Included by tile_loops.h, once for each precision and instruction set.

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
        SYMBOL(unrotate)(state, dual, first, last, operation->qubit, u, 0, (V *)projections);
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
