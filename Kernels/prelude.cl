// What all kernels share: numbers, the tables of a plan, and how lanes are spread over work-groups.
//
// A lane is one small state: a (cone, sample) pair of an encoding, or a (basis state, task) pair of a task block. A work-item
// holds VECTOR neighbouring lanes in a vector; a work-group of LANES * THREADS items takes a tile of LANES * VECTOR lanes
// through a whole circuit, THREADS items sharing out the amplitudes of each lane. Wide vectors in groups of one item suit
// processors, VECTOR 1 suits GPUs. Values per lane are rows of neighbouring lanes, padded to whole tiles.

#ifndef VECTOR
#define VECTOR 1
#endif
#ifndef LANES
#define LANES 1
#endif
#ifndef THREADS
#define THREADS 1
#endif

#ifdef DOUBLE
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define REAL double
#else
#define REAL float
#endif

#define JOIN_TEXT(a, b) a##b
#define JOIN(a, b) JOIN_TEXT(a, b)

typedef REAL real;
#if VECTOR == 1
typedef REAL realv;
#else
typedef JOIN(REAL, VECTOR) realv;
#endif

#define TILE (LANES * VECTOR)
#define TILE_GROUP __attribute__((reqd_work_group_size(LANES * THREADS, 1, 1)))

// States live in local memory where a tile fits there, else in global memory.
#ifdef STATES_IN_GLOBAL_MEMORY
#define STATE __global
#else
#define STATE __local
#endif

#if LANES * THREADS == 1
#define BARRIER()
#else
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#endif

// A loop with a barrier in it runs once at least, and a barrier stands in no branch: PoCL copies all that follows a barrier
// that may not be reached, which doubles the code each time.

// The tables of a plan are one array of ints. The sections below are found through the layout at its start; offsets
// within them are in ints. Mirrored by the Swift type PlanTables.

typedef struct {
    int units, head_tiles, tile_heads, heads;
    int readings, readouts, matrix_blocks, observables, readers;
    int features, feature_rows, parameters, parameter_references, sources;
} plan_layout;

typedef struct {
    int qubits, operations, operation_count, opening_count, openings;  // openings: per qubit, its opening operation or -1
} program_entry;

// A fused rotation of `qubit` by factors, or, where qubit < 0, a layer of controlled Z given by masks.
typedef struct { int qubit, first, count; } operation_entry;
// A rotation exp(-i a P / 2): axis 0, 1, 2 for X, Y, Z.
typedef struct { int axis, slot; } factor_entry;
// Pairs of qubits (i, i + shift), as bits i of the mask.
typedef struct { int shift, mask; } mask_entry;
// An angle: at `offset` for all lanes where row < 0, else at offset + row * row length + lane.
typedef struct { int offset, row; } slot_entry;
// A register read from a unit's states: where basis states of the register lie in the state, and its row of reduced states.
typedef struct { int width, scatter, row; } register_entry;

// Lanes that run one program: an encoding cone (lanes are samples), or one column of a group of task blocks, under noise one
// observable of it (lanes are tasks). Offsets of cones count rows, times the row length of the launch; those of blocks count
// numbers. Gradients have `row_count` rows, `row_stride` apart where that is not the row length.
typedef struct {
    int program, start, slots, row_count, registers, register_count;
    int states, state_rows, gradients, gradient_rows, row_stride;
} unit_entry;

// Task blocks of one program; column c of the block's unitary is unit first_unit + c.
typedef struct { int qubits, observables, observable_count, states, matrices, tasks; } head_entry;
// A Pauli string: |a> goes to i^quarter (-1)^popcount(a & sign) |a ^ flip>.
typedef struct { int flip, sign, quarter; } observable_entry;

// The lanes that a work-group takes.
typedef struct {
    __global const unit_entry *unit;
    size_t first;       // the tile's first lane in its unit
    size_t row_length;  // padded lanes of a row
    size_t lane;        // this item's vector of lanes within the tile
    size_t thread;      // this item among those that share the lanes
} tile_of_lanes;

#define LAYOUT(plan) ((__global const plan_layout *)(plan))
#define ENTRY(type, plan, offset) ((__global const type *)((plan) + (offset)))

// Vectors at a number's index, which is a multiple of VECTOR.
#define VECTORS(pointer, index) ((pointer) + (index) / VECTOR)

// A tile by its number: sample tiles of the cones come first, then those of the task blocks.
inline tile_of_lanes tile_at(__global const int *plan, int index, int first_cone, int cone_count, int row_length) {
    tile_of_lanes tile;
    int per_cone = row_length / TILE;
    tile.lane = get_local_id(0) % LANES;
    tile.thread = get_local_id(0) / LANES;
    if (index < cone_count * per_cone) {
        int cone = index / per_cone;
        tile.unit = ENTRY(unit_entry, plan, LAYOUT(plan)->units) + first_cone + cone;
        tile.first = (size_t)(index - cone * per_cone) * TILE;
        tile.row_length = row_length;
    } else {
        __global const int *entry = plan + LAYOUT(plan)->head_tiles + 2 * (index - cone_count * per_cone);
        tile.unit = ENTRY(unit_entry, plan, LAYOUT(plan)->units) + entry[0];
        tile.first = entry[1];
        tile.row_length = 0;
    }
    return tile;
}

// The tile of this work-group.
inline tile_of_lanes this_tile(__global const int *plan, int first_cone, int cone_count, int row_length) {
    return tile_at(plan, get_group_id(0), first_cone, cone_count, row_length);
}

// Where the states of a tile start, as an index of numbers.
inline size_t state_offset(const tile_of_lanes *tile, size_t dimension) {
    return tile->unit->states + tile->unit->state_rows * tile->row_length + tile->first * 2 * dimension;
}

inline real lane_sum(realv v) {
#if VECTOR == 1
    return v;
#else
    real sum = 0;
    for (int k = 0; k < VECTOR; k++) sum += ((const real *)&v)[k];
    return sum;
#endif
}
