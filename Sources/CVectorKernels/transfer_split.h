// Split noisy programs: two halves of the qubits run apart as long as few steps join them, then blocks of the whole state.
//
// What joins the halves so far is a sum over `bond` products, whose parts are neighbours in the halves' states. A state's
// parts are, one after the other: the halves' last states, then the whole states before every phase but the first.

INLINE V *SYMBOL(before_phase)(const qmtl_split_transfer *split, int phase, V *states) {
    states += split->halves[0]->end_size + split->halves[1]->end_size;
    for (int m = 1; m < phase; m++) states += split->phases[m].blocks * split->phases[m].program->start_size;
    return states;
}

// A block of the state before the first phase, and back. Neighbouring entries of a block have the same entry of one half,
// whose products' parts stay in registers where the compiler knows the number of products.

INLINE int SYMBOL(steady_side)(const qmtl_split_transfer *split) {
    return split->phases[0].program->start_size > 1 && split->local[0][0] == split->local[0][1] ? 0 : 1;
}

INLINE void SYMBOL(join_by)(const qmtl_split_transfer *split, size_t index, int bond, const V *states, V *block) {
    int side = SYMBOL(steady_side)(split);
    const V *halves[2] = {states + split->outer[0][index],
                          states + split->halves[0]->end_size + split->outer[1][index]};
    const int32_t *steady = split->local[side], *moving = split->local[1 - side];
    for (size_t i = 0, size = split->phases[0].program->start_size; i < size;) {
        const V *l = halves[side] + steady[i];
        for (int32_t place = steady[i]; i < size && steady[i] == place; i++) {
            const V *r = halves[1 - side] + moving[i];
            V sum = l[0] * r[0];
            for (int k = 1; k < bond; k++) sum += l[k] * r[k];
            block[i] = sum;
        }
    }
}
static void SYMBOL(join)(const qmtl_split_transfer *split, size_t index, const V *states, V *block) {
    if (split->bond == 4) SYMBOL(join_by)(split, index, 4, states, block);
    else if (split->bond == 5) SYMBOL(join_by)(split, index, 5, states, block);
    else SYMBOL(join_by)(split, index, split->bond, states, block);
}

INLINE void SYMBOL(join_dual_by)(const qmtl_split_transfer *split, size_t index, int bond, const V *states,
                                 const V *dual, V *duals) {
    int side = SYMBOL(steady_side)(split);
    size_t offsets[2] = {split->outer[0][index], split->halves[0]->end_size + split->outer[1][index]};
    const int32_t *steady = split->local[side], *moving = split->local[1 - side];
    for (size_t i = 0, size = split->phases[0].program->start_size; i < size;) {
        size_t l = offsets[side] + steady[i];
        V slopes[bond], parts[bond];
        for (int k = 0; k < bond; k++) slopes[k] = duals[l + k], parts[k] = states[l + k];
        for (int32_t place = steady[i]; i < size && steady[i] == place; i++) {
            size_t r = offsets[1 - side] + moving[i];
            V slope = dual[i];
            for (int k = 0; k < bond; k++) {
                slopes[k] += slope * states[r + k];
                duals[r + k] += slope * parts[k];
            }
        }
        for (int k = 0; k < bond; k++) duals[l + k] = slopes[k];
    }
}
static void SYMBOL(join_dual)(const qmtl_split_transfer *split, size_t index, const V *states, const V *dual,
                              V *duals) {
    if (split->bond == 4) SYMBOL(join_dual_by)(split, index, 4, states, dual, duals);
    else if (split->bond == 5) SYMBOL(join_dual_by)(split, index, 5, states, dual, duals);
    else SYMBOL(join_dual_by)(split, index, split->bond, states, dual, duals);
}

// The block of a phase as it is before its steps.
INLINE void SYMBOL(fetch)(const qmtl_split_transfer *split, int phase, size_t index, V *states, V *block) {
    size_t size = split->phases[phase].program->start_size;
    if (phase == 0) SYMBOL(join)(split, index, states, block);
    else memcpy(block, SYMBOL(before_phase)(split, phase, states) + index * size, size * sizeof(V));
}

static void SYMBOL(split_forward_tile)(const qmtl_split_transfer *split, const REAL *angles, size_t stride, V *scratch,
                                       V *states, V *end) {
    V *block = scratch, *half = states;
    scratch += split->block_size;
    for (int side = 0; side < 2; side++) {
        const qmtl_transfer_program *program = split->halves[side];
        SYMBOL(transfer_forward_tile)(program, angles, stride, 0, 0, scratch, block, 0);
        memcpy(half, block, program->end_size * sizeof(V));
        half += program->end_size;
    }
    for (int m = 0; m < split->phase_count; m++) {
        const qmtl_transfer_phase *phase = split->phases + m;
        V *after = m + 1 < split->phase_count ? SYMBOL(before_phase)(split, m + 1, states) : end;
        SYMBOL(prepare_transfer)(phase->program, angles, stride, scratch);
        for (size_t index = 0; index < phase->blocks; index++) {
            SYMBOL(fetch)(split, m, index, states, block);
            SYMBOL(run_transfer)(phase->program, scratch, block, 0);
            V *target = after + phase->outer[index];
            for (size_t i = 0; i < phase->program->end_size; i++) target[phase->local[i]] = block[i];
        }
    }
}

static void SYMBOL(split_adjoint_tile)(const qmtl_split_transfer *split, const REAL *angles, size_t stride, V *scratch,
                                       V *states, const V *end, REAL *gradients) {
    V *block = scratch, *dual = block + split->block_size, *tape = dual + split->block_size;
    V *duals = tape + split->tape_size;
    scratch = duals + split->state_size;
    memset(duals, 0, (split->halves[0]->end_size + split->halves[1]->end_size) * sizeof(V));
    for (int m = split->phase_count - 1; m >= 0; m--) {
        const qmtl_transfer_phase *phase = split->phases + m;
        const V *after = m + 1 < split->phase_count ? SYMBOL(before_phase)(split, m + 1, duals) : end;
        V *before = SYMBOL(before_phase)(split, m, duals);
        SYMBOL(prepare_transfer)(phase->program, angles, stride, scratch);
        for (size_t index = 0; index < phase->blocks; index++) {
            SYMBOL(fetch)(split, m, index, states, block);
            SYMBOL(run_transfer)(phase->program, scratch, block, tape);
            const V *source = after + phase->outer[index];
            for (size_t i = 0; i < phase->program->end_size; i++) dual[i] = source[phase->local[i]];
            SYMBOL(run_transfer_back)(phase->program, scratch, tape, dual);
            size_t size = phase->program->start_size;
            if (m == 0) SYMBOL(join_dual)(split, index, states, dual, duals);
            else memcpy(before + index * size, dual, size * sizeof(V));
        }
        SYMBOL(finish_transfer)(phase->program, angles, stride, scratch, gradients);
    }
    for (int side = 0; side < 2; side++) {
        const qmtl_transfer_program *program = split->halves[side];
        SYMBOL(transfer_forward_tile)(program, angles, stride, 0, 0, scratch, block, tape);
        memcpy(dual, duals, program->end_size * sizeof(V));
        SYMBOL(transfer_adjoint_tile)(program, angles, stride, scratch, tape, dual, gradients);
        duals += program->end_size;
    }
}

void SYMBOL(split_forward)(const qmtl_split_transfer *split, const REAL *angles, size_t stride, size_t first_lane,
                           size_t lanes, REAL *scratch, REAL *states, REAL *ends) {
    EACH_VECTOR SYMBOL(split_forward_tile)(split, angles + LANE, stride, (V *)scratch,
                                           (V *)states + v * split->state_size, (V *)ends + v * split->end_size);
}

void SYMBOL(split_adjoint)(const qmtl_split_transfer *split, const REAL *angles, size_t stride, size_t first_lane,
                           size_t lanes, REAL *scratch, REAL *states, const REAL *ends, REAL *gradients) {
    EACH_VECTOR SYMBOL(split_adjoint_tile)(split, angles + LANE, stride, (V *)scratch,
                                           (V *)states + v * split->state_size,
                                           (const V *)ends + v * split->end_size, gradients + LANE);
}
