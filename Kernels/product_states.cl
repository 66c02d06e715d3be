// A program's opening rotations, at most one a qubit, turn a basis state into a product state.

// The factor of every qubit: real and imaginary parts of its amplitudes 0 and 1, at factors[4 * qubit * LANES].
inline void open_factors(const circuit_angles *angles, const tile_of_lanes *tile, program_entry program,
                         __local realv *factors) {
    for (int q = tile->thread; q < program.qubits; q += THREADS) {
        int index = angles->plan[program.openings + q];
        bool excited = tile->unit->start >> q & 1;
        su2 u = {(realv)(1), (realv)(0), (realv)(0), (realv)(0)};
        if (index >= 0) u = fused(angles, tile, ENTRY(operation_entry, angles->plan, program.operations)[index]);
        __local realv *factor = factors + 4 * q * LANES;
        factor[0] = excited ? -u.br : u.ar;
        factor[LANES] = excited ? u.bi : u.ai;
        factor[2 * LANES] = excited ? u.ar : u.br;
        factor[3 * LANES] = excited ? -u.ai : u.bi;
    }
    BARRIER();
}

// The product state of all factors, built qubit by qubit; ends behind a barrier.
inline void open_state(__local const realv *factors, int qubits, STATE realv *s, size_t thread) {
    size_t dimension = (size_t)1 << qubits;
    if (thread == 0) {
        s[0] = (realv)(1);
        s[dimension * LANES] = (realv)(0);
    }
    BARRIER();
    for (int q = 0; q < qubits; q++) {
        __local const realv *f = factors + 4 * q * LANES;
        size_t bit = (size_t)1 << q;
        for (size_t i = thread; i < bit; i += THREADS) {
            STATE realv *low = s + i * LANES, *high = low + bit * LANES;
            realv r = low[0], m = low[dimension * LANES];
            high[0] = f[2 * LANES] * r - f[3 * LANES] * m;
            high[dimension * LANES] = f[2 * LANES] * m + f[3 * LANES] * r;
            low[0] = f[0] * r - f[LANES] * m;
            low[dimension * LANES] = f[0] * m + f[LANES] * r;
        }
        BARRIER();
    }
}

// The products of the first q factors for q < qubits, 2^q amplitudes from amplitude 2^q on; ends behind a barrier.
inline void open_prefixes(__local const realv *factors, int qubits, STATE realv *s, size_t thread) {
    size_t dimension = (size_t)1 << qubits;
    if (thread == 0 && qubits > 0) {
        s[LANES] = (realv)(1);
        s[(dimension + 1) * LANES] = (realv)(0);
    }
    BARRIER();
    for (int q = 0; q + 1 < qubits; q++) {
        __local const realv *f = factors + 4 * q * LANES;
        size_t bit = (size_t)1 << q;
        for (size_t i = thread; i < bit; i += THREADS) {
            STATE realv *from = s + (bit + i) * LANES, *low = from + bit * LANES, *high = low + bit * LANES;
            realv r = from[0], m = from[dimension * LANES];
            low[0] = f[0] * r - f[LANES] * m;
            low[dimension * LANES] = f[0] * m + f[LANES] * r;
            high[0] = f[2 * LANES] * r - f[3 * LANES] * m;
            high[dimension * LANES] = f[2 * LANES] * m + f[3 * LANES] * r;
        }
        BARRIER();
    }
}
