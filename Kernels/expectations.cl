// Expectation values E[b, o] = sum_k A_o[k] rho_b[k]; an item takes VECTOR samples and up to READING_TASKS tasks
// that read one reduced state, for one observable.

#ifndef READING_TASKS
#define READING_TASKS 8
#endif

// Rows of reduced states, rows of a head matrix `tasks` apart, and where the readouts of the tasks are listed.
typedef struct { int row, entries, matrix, tasks, count, readouts; } reading_entry;

__kernel void expectations(__global const int *plan, int reading_count, int samples, int row_length, int readout_count,
                           __global const real *reduced, __global const real *matrices, __global float *values) {
    size_t vectors = row_length / VECTOR, index = get_global_id(0) / vectors;
    size_t sample = (get_global_id(0) - index * vectors) * VECTOR;
    if (index >= reading_count) return;
    reading_entry reading = ENTRY(reading_entry, plan, LAYOUT(plan)->readings)[index];
    __global const real *rho = reduced + (size_t)reading.row * row_length + sample;
    __global const real *matrix = matrices + reading.matrix;
    realv sums[READING_TASKS];
    for (int t = 0; t < READING_TASKS; t++) sums[t] = (realv)(0);
    if (reading.count == READING_TASKS) {
        for (size_t k = 0; k < reading.entries; k++) {
            realv entry = *(__global const realv *)(rho + k * row_length);
#pragma unroll
            for (int t = 0; t < READING_TASKS; t++) sums[t] += matrix[k * reading.tasks + t] * entry;
        }
    } else {
        for (int t = 0; t < reading.count; t++) {
            realv sum = (realv)(0);
            for (size_t k = 0; k < reading.entries; k++) {
                sum += matrix[k * reading.tasks + t] * *(__global const realv *)(rho + k * row_length);
            }
            sums[t] = sum;
        }
    }
    for (int t = 0; t < reading.count; t++) {
        size_t readout = plan[reading.readouts + t];
        for (int v = 0; v < VECTOR && sample + v < samples; v++) {
            values[(sample + v) * readout_count + readout] = ((const real *)&sums[t])[v];
        }
    }
}
