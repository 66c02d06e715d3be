// From the cotangent g[b, o] back to the head matrices and to the reduced states.

// Turns [samples x readouts] into rows of samples, padded with zeros.
__kernel void spread_cotangent(__global const float *cotangent, int readout_count, int samples, int row_length,
                               __global real *spread) {
    size_t index = get_global_id(0), readout = index / row_length, sample = index - readout * row_length;
    if (readout >= readout_count) return;
    spread[index] = sample < samples ? cotangent[sample * readout_count + readout] : 0;
}

// Gradients of head matrices, dL/dA_o[k] = sum_b g[b, o] rho_b[k]. A group takes a block of up to BLOCK_TASKS tasks
// that read one reduced state; THREADS share out entries, BLOCK_ENTRIES at a time, LANES share out samples.

#ifndef BLOCK_TASKS
#define BLOCK_TASKS 4
#endif
#ifndef BLOCK_ENTRIES
#define BLOCK_ENTRIES 4
#endif

// `entries` rows of reduced states from `row`; entries of matrices `tasks` apart, tasks side by side.
typedef struct { int row, entries, matrix, tasks, count, readouts; } block_entry;

TILE_GROUP __kernel void matrix_gradients(__global const int *plan, int row_length, __global const real *reduced,
                                          __global const real *spread, __global real *gradients,
                                          __local real *partials) {
    block_entry block = ENTRY(block_entry, plan, LAYOUT(plan)->matrix_blocks)[get_group_id(0)];
    size_t lane = get_local_id(0) % LANES, thread = get_local_id(0) / LANES;
    __global const realv *g[BLOCK_TASKS];
    for (int t = 0; t < BLOCK_TASKS; t++) {
        size_t readout = plan[block.readouts + min(t, block.count - 1)];
        g[t] = (__global const realv *)(spread + readout * row_length);
    }
    for (int step = 0; step * THREADS * BLOCK_ENTRIES < block.entries; step++) {
        int first = (step * THREADS + (int)thread) * BLOCK_ENTRIES;
        realv sums[BLOCK_ENTRIES][BLOCK_TASKS];
        __global const realv *rho[BLOCK_ENTRIES];
        for (int k = 0; k < BLOCK_ENTRIES; k++) {
            size_t row = block.row + min(first + k, block.entries - 1);
            rho[k] = (__global const realv *)(reduced + row * row_length);
            for (int t = 0; t < BLOCK_TASKS; t++) sums[k][t] = (realv)(0);
        }
        for (size_t b = lane; b < row_length / VECTOR; b += LANES) {
#pragma unroll
            for (int k = 0; k < BLOCK_ENTRIES; k++) {
                realv entry = rho[k][b];
#pragma unroll
                for (int t = 0; t < BLOCK_TASKS; t++) sums[k][t] += entry * g[t][b];
            }
        }
        __local real *own = partials + thread * BLOCK_ENTRIES * BLOCK_TASKS * LANES;
        for (int k = 0; k < BLOCK_ENTRIES; k++) {
            for (int t = 0; t < BLOCK_TASKS; t++) own[(k * BLOCK_TASKS + t) * LANES + lane] = lane_sum(sums[k][t]);
        }
        BARRIER();
        for (int n = lane; n < BLOCK_ENTRIES * BLOCK_TASKS; n += LANES) {
            int k = n / BLOCK_TASKS, t = n % BLOCK_TASKS;
            if (first + k >= block.entries || t >= block.count) continue;
            real sum = 0;
            for (int l = 0; l < LANES; l++) sum += own[n * LANES + l];
            gradients[block.matrix + (size_t)(first + k) * block.tasks + t] = sum;
        }
        BARRIER();
    }
}

// Effective observables of the cones, w_b[k] = sum_o g[b, o] A_o[k]; an item takes VECTOR samples and up to BLOCK_ENTRIES
// entries.

// `count` rows of reduced states from `row`, entries of matrices from `entry`, read by `reader_count` readers.
typedef struct { int row, entry, count, readers, reader_count; } observable_tile;
// Tasks side by side in a head matrix whose entries are `tasks` apart.
typedef struct { int matrix, tasks, count, readouts; } reader_entry;

__kernel void effective_observables(__global const int *plan, int tile_count, int row_length,
                                    __global const real *matrices, __global const real *spread,
                                    __global real *weights) {
    size_t vectors = row_length / VECTOR, index = get_global_id(0) / vectors;
    size_t vector = get_global_id(0) - index * vectors;
    if (index >= tile_count) return;
    observable_tile tile = ENTRY(observable_tile, plan, LAYOUT(plan)->observables)[index];
    realv sums[BLOCK_ENTRIES];
    for (int k = 0; k < BLOCK_ENTRIES; k++) sums[k] = (realv)(0);
    for (int r = 0; r < tile.reader_count; r++) {
        reader_entry reader = ENTRY(reader_entry, plan, tile.readers)[r];
        __global const real *matrix = matrices + reader.matrix + (size_t)tile.entry * reader.tasks;
        for (int t = 0; t < reader.count; t++) {
            size_t readout = plan[reader.readouts + t];
            realv g = ((__global const realv *)(spread + readout * row_length))[vector];
#pragma unroll
            for (int k = 0; k < BLOCK_ENTRIES; k++) {
                sums[k] += matrix[(size_t)min(k, tile.count - 1) * reader.tasks + t] * g;
            }
        }
    }
    for (int k = 0; k < tile.count; k++) {
        ((__global realv *)(weights + (size_t)(tile.row + k) * row_length))[vector] = sums[k];
    }
}
