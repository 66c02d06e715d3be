// Cosines and sines of half of every angle, found once for all cones, passes and threads.
// First the angles that do not depend on the sample, as `sources` lists them; then features as rows of samples.
// `angles` are trainable angles, then constants; `features` is [samples x feature_count].

__kernel void half_angles(__global const int *plan, __global const real *angles, __global const float *features,
                          int fixed_count, int feature_count, int samples, int row_length,
                          __global real *cosines, __global real *sines) {
    size_t index = get_global_id(0);
    real angle;
    if (index < fixed_count) {
        angle = angles[plan[LAYOUT(plan)->sources + index]];
    } else {
        size_t row = (index - fixed_count) / row_length, sample = (index - fixed_count) % row_length;
        if (row >= feature_count) return;
        angle = sample < samples ? features[sample * feature_count + row] : 0;
    }
    cosines[index] = cos(angle / 2);
    sines[index] = sin(angle / 2);
}
