// Sums of the lanes' gradients, in a fixed order.

// The gradient of every feature, [samples x features]: the sum over the slots that it fills. `features` lists, for every
// feature and one more, where its gradient rows begin in `feature_rows`.
__kernel void feature_gradients(__global const int *plan, int feature_count, int samples, int row_length,
                                int cone_gradients, __global const real *gradients, __global float *output) {
    size_t vectors = row_length / VECTOR, feature = get_global_id(0) / vectors;
    size_t sample = (get_global_id(0) - feature * vectors) * VECTOR;
    if (feature >= feature_count) return;
    __global const int *begin = plan + LAYOUT(plan)->features + feature;
    __global const int *rows = plan + LAYOUT(plan)->feature_rows;
    realv sum = (realv)(0);
    for (int n = begin[0]; n < begin[1]; n++) {
        sum += *(__global const realv *)(gradients + cone_gradients + (size_t)rows[n] * row_length + sample);
    }
    for (int v = 0; v < VECTOR && sample + v < samples; v++) {
        output[(sample + v) * feature_count + feature] = ((const real *)&sum)[v];
    }
}

// Numbers of one parameter: `count` numbers `stride` apart from `offset` on, or, where count is 0, a row of samples.
typedef struct { int offset, row, count, stride; } parameter_reference;

// The gradient of every trainable angle, a group each: the sum over the slots that it fills and their lanes. `parameters`
// lists, for every angle and one more, where its references begin.
TILE_GROUP __kernel void parameter_gradients(__global const int *plan, int row_length,
                                             __global const real *gradients, __global float *output,
                                             __local real *partials) {
    size_t parameter = get_group_id(0), item = get_local_id(0);
    __global const int *begin = plan + LAYOUT(plan)->parameters + parameter;
    __global const parameter_reference *references =
        ENTRY(parameter_reference, plan, LAYOUT(plan)->parameter_references);
    realv sum = (realv)(0);
    real rest = 0;
    for (int n = begin[0]; n < begin[1]; n++) {
        parameter_reference reference = references[n];
        __global const real *first = gradients + reference.offset + (size_t)reference.row * row_length;
        if (reference.count == 0) {
            __global const realv *row = (__global const realv *)first;
            for (size_t b = item; b < row_length / VECTOR; b += LANES * THREADS) sum += row[b];
        } else {
            for (int k = item; k < reference.count; k += LANES * THREADS) rest += first[(size_t)k * reference.stride];
        }
    }
    partials[item] = lane_sum(sum) + rest;
    BARRIER();
    for (size_t width = LANES * THREADS / 2; width > 0; width /= 2) {
        if (item < width) partials[item] += partials[item + width];
        BARRIER();
    }
    if (item == 0) output[parameter] = partials[0];
}
