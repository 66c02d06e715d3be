// Fused rotations as elements of SU(2), and layers of controlled Z, on the states of a tile.
// The real part of amplitude a is at s[a * LANES], its imaginary part at s[(dimension + a) * LANES]; s is the item's lane.

typedef struct { realv ar, ai, br, bi; } su2;  // [[a, -conj(b)], [b, conj(a)]]

typedef struct {
    __global const int *plan;
    __global const real *cosines, *sines;
} circuit_angles;

inline void slot_angle(const circuit_angles *angles, const tile_of_lanes *tile, int slot, realv *c, realv *s) {
    slot_entry entry = ENTRY(slot_entry, angles->plan, tile->unit->slots)[slot];
    if (entry.row < 0) {
        *c = (realv)(angles->cosines[entry.offset]);
        *s = (realv)(angles->sines[entry.offset]);
    } else {
        size_t index = entry.offset + entry.row * tile->row_length + tile->first + tile->lane * VECTOR;
        *c = *(__global const realv *)(angles->cosines + index);
        *s = *(__global const realv *)(angles->sines + index);
    }
}

inline su2 rotation(int axis, realv c, realv s) {
    realv zero = (realv)(0);
    su2 u = {c, zero, zero, zero};
    if (axis == 0) u.bi = -s;
    if (axis == 1) u.br = s;
    if (axis == 2) u.ai = -s;
    return u;
}

// The rotation about `axis` behind u.
inline su2 rotated(su2 u, int axis, realv c, realv s) {
    su2 p;
    if (axis == 0) {
        p.ar = c * u.ar + s * u.bi; p.ai = c * u.ai - s * u.br;
        p.br = c * u.br + s * u.ai; p.bi = c * u.bi - s * u.ar;
    } else if (axis == 1) {
        p.ar = c * u.ar - s * u.br; p.ai = c * u.ai - s * u.bi;
        p.br = c * u.br + s * u.ar; p.bi = c * u.bi + s * u.ai;
    } else {
        p.ar = c * u.ar + s * u.ai; p.ai = c * u.ai - s * u.ar;
        p.br = c * u.br - s * u.bi; p.bi = c * u.bi + s * u.br;
    }
    return p;
}

inline su2 fused(const circuit_angles *angles, const tile_of_lanes *tile, operation_entry operation) {
    __global const factor_entry *factor = ENTRY(factor_entry, angles->plan, operation.first);
    realv c, s;
    slot_angle(angles, tile, factor[0].slot, &c, &s);
    su2 u = rotation(factor[0].axis, c, s);
    for (int f = 1; f < operation.count; f++) {
        slot_angle(angles, tile, factor[f].slot, &c, &s);
        u = rotated(u, factor[f].axis, c, s);
    }
    return u;
}

// The lower amplitude of a pair that differs in the bit `bit`.
inline size_t pair_index(size_t pair, size_t bit) { return ((pair & ~(bit - 1)) << 1) | (pair & (bit - 1)); }

inline void rotate_pairs(STATE realv *s, size_t dimension, int qubit, su2 u, size_t thread) {
    size_t bit = (size_t)1 << qubit;
    for (size_t p = thread; p < dimension / 2; p += THREADS) {
        STATE realv *zero = s + pair_index(p, bit) * LANES, *one = zero + bit * LANES;
        realv r0 = zero[0], i0 = zero[dimension * LANES], r1 = one[0], i1 = one[dimension * LANES];
        zero[0] = u.ar * r0 - u.ai * i0 - u.br * r1 - u.bi * i1;
        zero[dimension * LANES] = u.ar * i0 + u.ai * r0 - u.br * i1 + u.bi * r1;
        one[0] = u.br * r0 - u.bi * i0 + u.ar * r1 + u.ai * i1;
        one[dimension * LANES] = u.br * i0 + u.bi * r0 + u.ar * i1 - u.ai * r1;
    }
}

// Whether a layer of controlled Z changes the sign of an amplitude.
inline bool changes_sign(__global const mask_entry *masks, int count, uint amplitude) {
    uint bits = 0;
    for (int k = 0; k < count; k++) bits ^= amplitude & (amplitude >> masks[k].shift) & (uint)masks[k].mask;
    return popcount(bits) & 1;
}

inline void negate(STATE realv *s, size_t dimension, __global const mask_entry *masks, int count, size_t thread) {
    for (size_t a = thread; a < dimension; a += THREADS) {
        if (!changes_sign(masks, count, a)) continue;
        s[a * LANES] = -s[a * LANES];
        s[(dimension + a) * LANES] = -s[(dimension + a) * LANES];
    }
}
