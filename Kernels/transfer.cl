// Circuits under noise, forward and back. Groups take tiles in turns, so that memory for what gradients need of the states
// does not grow with the number of tiles: the way back simulates each tile again. A cone's states become expectation values
// of the Pauli operators on its registers. A task block's observables go back through it (Heisenberg picture), to rows of a
// head matrix; its unit has the matrix at `states`, rows `state_rows` apart, and `start` terms of the observable at
// `registers`. Tiles of cones come first, then those of blocks, in kernels of their own.

// An entry of an observable.
typedef struct { int entry, number; } observable_term;

inline transfer_lane this_transfer_lane(__global const int *plan, int index, int first_cone, int cone_count, int row_length,
                                        __global const real *cosines, __global const real *sines,
                                        __global const real *numbers, __global real *scratch, int scratch_rows,
                                        __local realv *workspace) {
    transfer_lane lane;
    lane.tile = tile_at(plan, index, first_cone, cone_count, row_length);
    lane.angles.plan = plan;
    lane.angles.cosines = cosines;
    lane.angles.sines = sines;
    lane.program = *ENTRY(transfer_program, plan, lane.tile.unit->program);
    lane.numbers = numbers;
    lane.own = (__global realv *)(scratch + get_group_id(0) * scratch_rows * TILE) + lane.tile.lane;
#ifdef STATES_IN_GLOBAL_MEMORY
    lane.s = lane.own + (size_t)lane.program.state * LANES;
#else
    lane.s = workspace + 12 * THREADS * LANES + lane.tile.lane;
#endif
    return lane;
}

// Zeros for some entries; ends behind a barrier.
inline void clear(const transfer_lane *lane, size_t from, size_t to) {
    for (size_t i = from + lane->tile.thread; i < to; i += THREADS) lane->s[i * LANES] = (realv)(0);
    BARRIER();
}

// The entry of a state that belongs to a Pauli operator on a register.
inline size_t register_entry_place(const transfer_lane *lane, register_entry reg, size_t index) {
    size_t place = 0;
    for (int k = 0; k < reg.width; k++) place |= (index >> 2 * k & 3) << 2 * lane->angles.plan[reg.scatter + k];
    return place;
}

// Where this item's lanes are in a row.
inline size_t row_offset(const transfer_lane *lane) { return lane->tile.first + lane->tile.lane * VECTOR; }

// An entry of a task block's head matrix, as an index of numbers.
inline size_t matrix_entry(const transfer_lane *lane, size_t index) {
    return lane->tile.unit->states + index * lane->tile.unit->state_rows + row_offset(lane);
}

// Puts a task block's observable into the dual.
inline void load_observable(const transfer_lane *lane) {
    clear(lane, 0, SPAN(lane->program.qubits));
    for (int t = lane->tile.thread; t < lane->tile.unit->start; t += THREADS) {
        observable_term term = ENTRY(observable_term, lane->angles.plan, lane->tile.unit->registers)[t];
        lane->s[(size_t)term.entry * LANES] = (realv)(lane->numbers[term.number]);
    }
    BARRIER();
}

inline void run_forward(const transfer_lane *lane, bool keeps) {
    int o = 0;
    do {
        if (o < lane->program.operation_count) {
            transfer_operation operation = ENTRY(transfer_operation, lane->angles.plan, lane->program.operations)[o];
            if (operation.upper < 0) {
                apply_fused(lane, operation, keeps);
            } else {
                apply_pair(lane, operation, false);
            }
        }
        BARRIER();
    } while (++o < lane->program.operation_count);
}

inline void run_back(const transfer_lane *lane, bool kept, __local realv *partials) {
    size_t filled = SPAN(lane->program.final_qubits);
    int o = lane->program.operation_count;
    do {
        transfer_operation operation = {0, 0, 0, 0, 0, -1};
        if (--o >= 0) operation = ENTRY(transfer_operation, lane->angles.plan, lane->program.operations)[o];
        // Qubits that were left out of account behind this operation: observables are the identity there.
        clear(lane, filled, SPAN(operation.active));
        filled = SPAN(operation.active);
        if (o >= 0 && operation.upper < 0) apply_fused_transposed(lane, operation, kept, partials);
        if (o >= 0 && operation.upper >= 0) apply_pair(lane, operation, true);
        BARRIER();
        if (kept && operation.tape >= 0) {
            __global realv *slope = matrix_slope(lane, operation.matrix);
            for (int n = lane->tile.thread; n < 12; n += THREADS) slope[n * LANES] = partial_sum(partials, n);
        }
        BARRIER();
    } while (o > 0);
}

// The gradients of all angles from those of fused matrices; ends behind a barrier.
inline void angle_gradients(const transfer_lane *lane, __global real *gradients) {
    __global const unit_entry *unit = lane->tile.unit;
    gradients += unit->gradients + (size_t)unit->gradient_rows * lane->tile.row_length + row_offset(lane);
    for (int f = lane->tile.thread; f < lane->program.fused_count; f += THREADS) {
        fused_entry fused = ENTRY(fused_entry, lane->angles.plan, lane->program.fused)[f];
        if (fused.has_angle) factor_slopes(lane, fused, matrix_slope(lane, f), gradients);
    }
    BARRIER();
}

// `workspace` holds, for each lane, partial sums (12 * THREADS), then, where states are local, a state; `scratch` holds
// `scratch_rows` numbers for each lane of a group.
#define TRANSFER_ARGUMENTS                                                                                            \
    __global const int *plan, int first_cone, int cone_count, int row_length, int first_tile, int tile_count,        \
        __global const real *cosines, __global const real *sines, __global const real *numbers,                      \
        __global real *scratch, int scratch_rows, __local realv *workspace

// The next tile of a group, which has a first one.
#define HAS_NEXT_TILE(index) ((index += get_num_groups(0)) < first_tile + tile_count)

#define TRANSFER_LANE                                                                                                 \
    this_transfer_lane(plan, index, first_cone, cone_count, row_length, cosines, sines, numbers, scratch,            \
                       scratch_rows, workspace)

TILE_GROUP __kernel void transfer_cones(TRANSFER_ARGUMENTS, __global real *reduced) {
    int index = first_tile + get_group_id(0);
    do {
        transfer_lane lane = TRANSFER_LANE;
        fuse_matrices(&lane);
        open_transfer(&lane, false);
        run_forward(&lane, false);
        for (int r = 0; r < lane.tile.unit->register_count; r++) {
            register_entry reg = ENTRY(register_entry, plan, lane.tile.unit->registers)[r];
            for (size_t k = lane.tile.thread; k < SPAN(reg.width); k += THREADS) {
                __global real *row = reduced + (reg.row + k) * row_length + row_offset(&lane);
                *(__global realv *)row = lane.s[register_entry_place(&lane, reg, k) * LANES];
            }
        }
        BARRIER();
    } while (HAS_NEXT_TILE(index));
}

TILE_GROUP __kernel void transfer_heads(TRANSFER_ARGUMENTS, __global real *matrices) {
    int index = first_tile + get_group_id(0);
    do {
        transfer_lane lane = TRANSFER_LANE;
        fuse_matrices(&lane);
        load_observable(&lane);
        run_back(&lane, false, workspace);
        for (size_t k = lane.tile.thread; k < SPAN(lane.program.qubits); k += THREADS) {
            *(__global realv *)(matrices + matrix_entry(&lane, k)) = lane.s[k * LANES];
        }
        BARRIER();
    } while (HAS_NEXT_TILE(index));
}

TILE_GROUP __kernel void transfer_cones_back(TRANSFER_ARGUMENTS, __global const real *weights,
                                             __global real *gradients) {
    int index = first_tile + get_group_id(0);
    do {
        transfer_lane lane = TRANSFER_LANE;
        fuse_matrices(&lane);
        __local realv *partials = workspace + lane.tile.lane;
        open_transfer(&lane, true);
        run_forward(&lane, true);
        clear(&lane, 0, SPAN(lane.program.final_qubits));
        // A cone has a register.
        int r = 0;
        do {
            register_entry reg = ENTRY(register_entry, plan, lane.tile.unit->registers)[r];
            for (size_t k = lane.tile.thread; k < SPAN(reg.width); k += THREADS) {
                __global const real *row = weights + (reg.row + k) * row_length + row_offset(&lane);
                lane.s[register_entry_place(&lane, reg, k) * LANES] += *(__global const realv *)row;
            }
            BARRIER();
        } while (++r < lane.tile.unit->register_count);
        run_back(&lane, true, partials);
        close_transfer(&lane, partials);
        angle_gradients(&lane, gradients);
    } while (HAS_NEXT_TILE(index));
}

TILE_GROUP __kernel void transfer_heads_back(TRANSFER_ARGUMENTS, __global const real *matrix_gradients,
                                             __global real *gradients) {
    int index = first_tile + get_group_id(0);
    do {
        transfer_lane lane = TRANSFER_LANE;
        fuse_matrices(&lane);
        // A gradient is linear in the states that an observable meets: here they are the matrix's slopes.
        for (size_t k = lane.tile.thread; k < SPAN(lane.program.qubits); k += THREADS) {
            lane.s[k * LANES] = *(__global const realv *)(matrix_gradients + matrix_entry(&lane, k));
        }
        BARRIER();
        run_forward(&lane, true);
        load_observable(&lane);
        run_back(&lane, true, workspace + lane.tile.lane);
        angle_gradients(&lane, gradients);
    } while (HAS_NEXT_TILE(index));
}
