// Takes a tile of states from their basis states through the whole program, keeps them in `states`, and writes the reduced
// states of a cone's registers. `workspace` holds the factors of a product state (4 * qubits vectors a lane), then, where
// states are local, one state.

TILE_GROUP __kernel void simulate(__global const int *plan, int first_cone, int cone_count, int row_length,
                                  __global const real *cosines, __global const real *sines, __global real *states,
                                  __global real *reduced, int qubits_in_workspace, __local realv *workspace) {
    tile_of_lanes tile = this_tile(plan, first_cone, cone_count, row_length);
    circuit_angles angles = {plan, cosines, sines};
    program_entry program = *ENTRY(program_entry, plan, tile.unit->program);
    size_t dimension = (size_t)1 << program.qubits;
    __local realv *factors = workspace + tile.lane;
    __global realv *stored = (__global realv *)(states + state_offset(&tile, dimension)) + tile.lane;
#ifdef STATES_IN_GLOBAL_MEMORY
    __global realv *s = stored;
#else
    __local realv *s = factors + 4 * qubits_in_workspace * LANES;
#endif
    open_factors(&angles, &tile, program, factors);
    open_state(factors, program.qubits, s, tile.thread);
    for (int o = program.opening_count; o < program.operation_count; o++) {
        operation_entry operation = ENTRY(operation_entry, plan, program.operations)[o];
        if (operation.qubit < 0) {
            negate(s, dimension, ENTRY(mask_entry, plan, operation.first), operation.count, tile.thread);
        } else {
            rotate_pairs(s, dimension, operation.qubit, fused(&angles, &tile, operation), tile.thread);
        }
        BARRIER();
    }
    for (int r = 0; r < tile.unit->register_count; r++) {
        register_entry reg = ENTRY(register_entry, plan, tile.unit->registers)[r];
        reduce_state(plan, &tile, reg, s, dimension, reduced);
    }
#ifndef STATES_IN_GLOBAL_MEMORY
    for (size_t a = tile.thread; a < 2 * dimension; a += THREADS) stored[a * LANES] = s[a * LANES];
#endif
}
