// The adjoint sweep: takes states and duals back through the program; every rotation's gradient is Im <dual| P |state>.

// Adds partial values of all threads of a lane; the sums are left at totals[n * LANES], behind a barrier.
inline void sum_threads(const realv *values, int count, __local realv *partials, __local realv *totals, size_t thread) {
    for (int n = 0; n < count; n++) partials[(n * THREADS + thread) * LANES] = values[n];
    BARRIER();
    for (int n = thread; n < count; n += THREADS) {
        realv sum = partials[n * THREADS * LANES];
        for (int t = 1; t < THREADS; t++) sum += partials[(n * THREADS + t) * LANES];
        totals[n * LANES] = sum;
    }
    BARRIER();
}

// Undoes a fused rotation on state and dual; x, y, z get Im <dual| P |state> for P = X, Y, Z, taken behind it.
inline void unrotate_pairs(STATE realv *s, STATE realv *d, size_t dimension, int qubit, su2 u, size_t thread,
                           realv projections[3]) {
    realv x = (realv)(0), y = (realv)(0), z = (realv)(0);
    size_t bit = (size_t)1 << qubit, imaginary = dimension * LANES;
    for (size_t p = thread; p < dimension / 2; p += THREADS) {
        size_t low = pair_index(p, bit) * LANES, high = low + bit * LANES;
        realv r0 = s[low], i0 = s[low + imaginary], r1 = s[high], i1 = s[high + imaginary];
        realv p0 = d[low], q0 = d[low + imaginary], p1 = d[high], q1 = d[high + imaginary];
        x += p0 * i1 - q0 * r1 + p1 * i0 - q1 * r0;
        y += p1 * r0 + q1 * i0 - p0 * r1 - q0 * i1;
        z += p0 * i0 - q0 * r0 - p1 * i1 + q1 * r1;
        s[low] = u.ar * r0 + u.ai * i0 + u.br * r1 + u.bi * i1;
        s[low + imaginary] = u.ar * i0 - u.ai * r0 + u.br * i1 - u.bi * r1;
        s[high] = u.ar * r1 - u.ai * i1 - u.br * r0 + u.bi * i0;
        s[high + imaginary] = u.ar * i1 + u.ai * r1 - u.br * i0 - u.bi * r0;
        d[low] = u.ar * p0 + u.ai * q0 + u.br * p1 + u.bi * q1;
        d[low + imaginary] = u.ar * q0 - u.ai * p0 + u.br * q1 - u.bi * p1;
        d[high] = u.ar * p1 - u.ai * q1 - u.br * p0 + u.bi * q0;
        d[high + imaginary] = u.ar * q1 + u.ai * p1 - u.br * q0 - u.bi * p0;
    }
    projections[0] = x;
    projections[1] = y;
    projections[2] = z;
}

// The distance between the gradient rows of a tile's slots.
inline size_t gradient_stride(const tile_of_lanes *tile) {
    return tile->unit->row_stride ? tile->unit->row_stride : tile->row_length;
}

// Going back through a factor, the projections on the other two axes turn by its angle (P -> R P R^dagger), so every factor
// of a fused rotation reads its own axis.
inline void factor_gradients(const circuit_angles *angles, const tile_of_lanes *tile, operation_entry operation,
                             realv x, realv y, realv z, __global real *gradients) {
    for (int f = operation.count - 1; f >= 0; f--) {
        factor_entry factor = ENTRY(factor_entry, angles->plan, operation.first)[f];
        __global realv *gradient = (__global realv *)(gradients + factor.slot * gradient_stride(tile));
        *gradient += factor.axis == 0 ? x : factor.axis == 1 ? y : z;
        if (f == 0) break;
        realv c, s;
        slot_angle(angles, tile, factor.slot, &c, &s);
        realv cosine = c * c - s * s, sine = 2 * c * s, before;
        if (factor.axis == 0) {
            before = y;
            y = cosine * y + sine * z;
            z = cosine * z - sine * before;
        } else if (factor.axis == 1) {
            before = z;
            z = cosine * z + sine * x;
            x = cosine * x - sine * before;
        } else {
            before = x;
            x = cosine * x + sine * y;
            y = cosine * y - sine * before;
        }
    }
}

// The gradients of the opening rotations. The dual is contracted with the product state from the last qubit down; what is
// left of it at qubit q, contracted with the product of the qubits below, is the qubit's environment.
inline void close_product(const circuit_angles *angles, const tile_of_lanes *tile, program_entry program,
                          __local realv *factors, STATE realv *s, STATE realv *d, __local realv *partials,
                          __local realv *totals, __global real *gradients) {
    size_t imaginary = (size_t)LANES << program.qubits, thread = tile->thread;
    open_factors(angles, tile, program, factors);
    open_prefixes(factors, program.qubits, s, thread);
    for (int q = program.qubits - 1; q >= 0; q--) {
        __local const realv *f = factors + 4 * q * LANES;
        realv f0 = f[0], f1 = f[LANES], f2 = f[2 * LANES], f3 = f[3 * LANES];
        size_t bit = (size_t)LANES << q;
        realv e[4];  // sum over the rest of conj(dual) * below, for the qubit's 0 and 1
        for (int n = 0; n < 4; n++) e[n] = (realv)(0);
        for (size_t i = thread * LANES; i < bit; i += THREADS * LANES) {
            realv r = s[bit + i], m = s[bit + i + imaginary];
            realv r0 = d[i], i0 = d[i + imaginary], r1 = d[i + bit], i1 = d[i + bit + imaginary];
            e[0] += r0 * r + i0 * m;
            e[1] += r0 * m - i0 * r;
            e[2] += r1 * r + i1 * m;
            e[3] += r1 * m - i1 * r;
            // dual_i <- sum_s conj(psi_s) dual_(s,i), so that conj(dual) stays the bra of what is left.
            d[i] = f0 * r0 + f1 * i0 + f2 * r1 + f3 * i1;
            d[i + imaginary] = f0 * i0 - f1 * r0 + f2 * i1 - f3 * r1;
        }
        int index = angles->plan[program.openings + q];
        if (index < 0) {
            BARRIER();
            continue;
        }
        sum_threads(e, 4, partials, totals, thread);
        if (thread == 0) {
            realv e0 = totals[0], e1 = totals[LANES], e2 = totals[2 * LANES], e3 = totals[3 * LANES];
            factor_gradients(angles, tile, ENTRY(operation_entry, angles->plan, program.operations)[index],
                             e0 * f3 + e1 * f2 + e2 * f1 + e3 * f0, e2 * f0 - e3 * f1 - e0 * f2 + e1 * f3,
                             e0 * f1 + e1 * f0 - e2 * f3 - e3 * f2, gradients);
        }
    }
}

// `workspace` holds the factors of a product state (4 * qubits vectors a lane), partial sums (4 * THREADS), their totals (4),
// then, where states are local, state and dual. The dual of a cone is its effective observable applied to the state; that of
// a task block lies in `duals`, as do all where states are global.
TILE_GROUP __kernel void adjoint(__global const int *plan, int first_cone, int cone_count, int row_length,
                                 __global const real *cosines, __global const real *sines, __global real *states,
                                 __global real *duals, __global const real *weights, __global real *gradients,
                                 int qubits_in_workspace, __local realv *workspace) {
    tile_of_lanes tile = this_tile(plan, first_cone, cone_count, row_length);
    circuit_angles angles = {plan, cosines, sines};
    program_entry program = *ENTRY(program_entry, plan, tile.unit->program);
    size_t dimension = (size_t)1 << program.qubits, thread = tile.thread;
    __local realv *factors = workspace + tile.lane;
    __local realv *partials = factors + 4 * qubits_in_workspace * LANES, *totals = partials + 4 * THREADS * LANES;
    size_t offset = state_offset(&tile, dimension);
    __global realv *state_in = (__global realv *)(states + offset) + tile.lane;
    __global realv *dual_in = (__global realv *)(duals + offset) + tile.lane;
#ifdef STATES_IN_GLOBAL_MEMORY
    __global realv *s = state_in, *d = dual_in;
#else
    __local realv *s = totals + 4 * LANES, *d = s + ((size_t)2 * LANES << qubits_in_workspace);
    for (size_t a = thread; a < 2 * dimension; a += THREADS) s[a * LANES] = state_in[a * LANES];
    if (tile.unit->register_count == 0) {
        for (size_t a = thread; a < 2 * dimension; a += THREADS) d[a * LANES] = dual_in[a * LANES];
    }
#endif
    gradients += tile.unit->gradients + tile.unit->gradient_rows * tile.row_length + tile.first + tile.lane * VECTOR;
    for (int slot = thread; slot < tile.unit->row_count; slot += THREADS) {
        *(__global realv *)(gradients + slot * gradient_stride(&tile)) = (realv)(0);
    }
    BARRIER();
    for (int r = 0; r < tile.unit->register_count; r++) {
        register_entry reg = ENTRY(register_entry, plan, tile.unit->registers)[r];
        apply_observable(plan, &tile, reg, s, dimension, weights, r > 0, d);
        BARRIER();
    }
    for (int o = program.operation_count - 1; o >= program.opening_count; o--) {
        operation_entry operation = ENTRY(operation_entry, plan, program.operations)[o];
        if (operation.qubit < 0) {
            __global const mask_entry *masks = ENTRY(mask_entry, plan, operation.first);
            negate(s, dimension, masks, operation.count, thread);
            negate(d, dimension, masks, operation.count, thread);
            BARRIER();
        } else {
            realv projections[3];
            unrotate_pairs(s, d, dimension, operation.qubit, fused(&angles, &tile, operation), thread, projections);
            sum_threads(projections, 3, partials, totals, thread);
            if (thread == 0) {
                factor_gradients(&angles, &tile, operation, totals[0], totals[LANES], totals[2 * LANES], gradients);
            }
        }
    }
    if (program.opening_count > 0) {
        close_product(&angles, &tile, program, factors, s, d, partials, totals, gradients);
    }
}
