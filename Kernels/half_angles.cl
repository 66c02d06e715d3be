// Cosines and sines of half of every angle, found once for all cones, passes and threads.

#ifdef DOUBLE
inline void half_angle(real a, real *c, real *s) { *s = sincos(a / 2, c); }
#else
// Drivers may be 4 units in the last place off, which adds up over a circuit. Here: reduction by multiples of pi/2 in three
// parts (Cody and Waite), then the minimax polynomials of Cephes' sinf and cosf. Below 2 units for |a| < 10,000.
inline void half_angle(real a, real *cosine, real *sine) {
    float x = a * 0.5f, n = rint(x * 0.636619772367581f);
    int quadrant = (int)n;
    float r = ((x - n * 1.5703125f) - n * 4.8375129699707031e-4f) - n * 7.5497899548918e-8f, r2 = r * r;
    float s = ((-1.9515295891e-4f * r2 + 8.3321608736e-3f) * r2 - 1.6666654611e-1f) * r2 * r + r;
    float c = ((2.443315711809948e-5f * r2 - 1.388731625493765e-3f) * r2 + 4.166664568298827e-2f) * r2 * r2
        - 0.5f * r2 + 1.0f;
    bool swapped = quadrant & 1;
    *sine = quadrant & 2 ? -(swapped ? c : s) : swapped ? c : s;
    *cosine = (quadrant + 1) & 2 ? -(swapped ? s : c) : swapped ? s : c;
}
#endif

// First the angles that do not depend on the sample, as `sources` lists them; then features as rows of samples.
// `angles` are trainable angles, then constants; `features` is [samples x feature_count].
__kernel void half_angles(__global const int *plan, __global const real *angles, __global const float *features,
                          int fixed_count, int feature_count, int samples, int row_length,
                          __global real *cosines, __global real *sines) {
    size_t index = get_global_id(0);
    real angle, c, s;
    if (index < fixed_count) {
        angle = angles[plan[LAYOUT(plan)->sources + index]];
    } else {
        size_t row = (index - fixed_count) / row_length, sample = index - fixed_count - row * row_length;
        if (row >= feature_count) return;
        angle = sample < samples ? features[sample * feature_count + row] : 0;
    }
    half_angle(angle, &c, &s);
    cosines[index] = c;
    sines[index] = s;
}
