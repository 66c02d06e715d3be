// Fused rotations and sign layers on states and duals. Included by tile_loops.h, once for each precision and instruction set.

INLINE V SYMBOL(splat)(REAL value) { return (V){0} + value; }

INLINE SU2 SYMBOL(rotation)(int axis, V c, V s) {
    V zero = {0};
    if (axis == 0) return (SU2){c, zero, zero, -s};
    if (axis == 1) return (SU2){c, zero, s, zero};
    return (SU2){c, -s, zero, zero};
}

// The product second * first.
INLINE SU2 SYMBOL(product)(SU2 second, SU2 first) {
    SU2 p;
    p.ar = second.ar * first.ar - second.ai * first.ai - second.br * first.br - second.bi * first.bi;
    p.ai = second.ar * first.ai + second.ai * first.ar - second.br * first.bi + second.bi * first.br;
    p.br = second.br * first.ar - second.bi * first.ai + second.ar * first.br + second.ai * first.bi;
    p.bi = second.br * first.ai + second.bi * first.ar + second.ar * first.bi - second.ai * first.br;
    return p;
}

// The inverse rotation: conj(a) and -b in place of a and b.
INLINE SU2 SYMBOL(inverse)(SU2 u) { return (SU2){u.ar, -u.ai, -u.br, -u.bi}; }

INLINE SU2 SYMBOL(fused)(const qmtl_program *program, const qmtl_operation *operation, const REAL *angles,
                         size_t stride) {
    const qmtl_factor *factor = program->factors + operation->first;
    V c, s;
    SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
    SU2 u = SYMBOL(rotation)(factor->axis, c, s);
    for (int f = 1; f < operation->factor_count; f++) {
        factor++;
        SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
        u = SYMBOL(product)(SYMBOL(rotation)(factor->axis, c, s), u);
    }
    return u;
}

// Amplitude i of a state is the pair of vectors at 2 * i: real, then imaginary.

// Pair k of a qubit joins the amplitudes that differ in its bit and have the bits of k elsewhere. A range of pairs starts
// and ends with whole runs of neighbours or lies within one.
#define EACH_PAIR(first, last, qubit)                                                                        \
    for (size_t k = (first), half = (size_t)1 << (qubit), end; k < (last); k = end)                           \
        for (size_t low = ((k & ~(half - 1)) << 1) | (k & (half - 1)),                                        \
                    stop = low + ((end = (k | (half - 1)) + 1 < (last) ? (k | (half - 1)) + 1 : (last)) - k); \
             low < stop; low++)

INLINE void SYMBOL(rotate_pairs)(V *state, size_t first, size_t last, int qubit, SU2 u) {
    EACH_PAIR(first, last, qubit) {
        V *zero = state + 2 * low, *one = state + 2 * (low + half);
        V r0 = zero[0], i0 = zero[1], r1 = one[0], i1 = one[1];
        zero[0] = u.ar * r0 - u.ai * i0 - u.br * r1 - u.bi * i1;
        zero[1] = u.ar * i0 + u.ai * r0 - u.br * i1 + u.bi * r1;
        one[0] = u.br * r0 - u.bi * i0 + u.ar * r1 + u.ai * i1;
        one[1] = u.br * i0 + u.bi * r0 + u.ar * i1 - u.ai * r1;
    }
}

INLINE void SYMBOL(negate)(V *state, size_t dimension, const uint8_t *signs) {
    for (size_t i = 0; i < dimension; i++) {
        if (!signs[i]) continue;
        state[2 * i] = -state[2 * i];
        state[2 * i + 1] = -state[2 * i + 1];
    }
}

// Undoes a fused rotation on a dual and, unless it is fixed, on the state, and gives Im <dual| P |state> for P = X, Y, Z,
// taken behind the rotation.
INLINE void SYMBOL(unrotate)(V *state, V *dual, size_t first, size_t last, int qubit, SU2 u, int fixed,
                             V projections[3]) {
    V x = {0}, y = {0}, z = {0};
    EACH_PAIR(first, last, qubit) {
        V *s0 = state + 2 * low, *s1 = state + 2 * (low + half);
        V *d0 = dual + 2 * low, *d1 = dual + 2 * (low + half);
        V r0 = s0[0], i0 = s0[1], r1 = s1[0], i1 = s1[1];
        V p0 = d0[0], q0 = d0[1], p1 = d1[0], q1 = d1[1];
        x += p0 * i1 - q0 * r1 + p1 * i0 - q1 * r0;
        y += p1 * r0 + q1 * i0 - p0 * r1 - q0 * i1;
        z += p0 * i0 - q0 * r0 - p1 * i1 + q1 * r1;
        if (!fixed) {
            s0[0] = u.ar * r0 + u.ai * i0 + u.br * r1 + u.bi * i1;
            s0[1] = u.ar * i0 - u.ai * r0 + u.br * i1 - u.bi * r1;
            s1[0] = u.ar * r1 - u.ai * i1 - u.br * r0 + u.bi * i0;
            s1[1] = u.ar * i1 + u.ai * r1 - u.br * i0 - u.bi * r0;
        }
        d0[0] = u.ar * p0 + u.ai * q0 + u.br * p1 + u.bi * q1;
        d0[1] = u.ar * q0 - u.ai * p0 + u.br * q1 - u.bi * p1;
        d1[0] = u.ar * p1 - u.ai * q1 - u.br * p0 + u.bi * q0;
        d1[1] = u.ar * q1 + u.ai * p1 - u.br * q0 - u.bi * p0;
    }
    projections[0] = x;
    projections[1] = y;
    projections[2] = z;
}

// The gradient of a rotation about P is Im <dual| P |state>. Going back through the factor, the projections on the other
// two axes turn by its angle (P -> R P R^dagger), so every factor of a fused rotation reads its own axis.
INLINE void SYMBOL(factor_gradients)(const qmtl_program *program, const qmtl_operation *operation,
                                     const REAL *angles, size_t stride, V projections[3], REAL *gradients) {
    for (int f = operation->factor_count - 1; f >= 0; f--) {
        const qmtl_factor *factor = program->factors + operation->first + f;
        *(V *)(gradients + factor->slot * stride) += projections[factor->axis];
        if (f == 0) break;
        V c, s;
        SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride), &c, &s);
        V cosine = c * c - s * s, sine = 2 * c * s;
        int b = (factor->axis + 1) % 3, d = (factor->axis + 2) % 3;
        V vb = projections[b], vd = projections[d];
        projections[b] = cosine * vb + sine * vd;
        projections[d] = cosine * vd - sine * vb;
    }
}
