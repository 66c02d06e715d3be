// Inner loops of the CPU backend: batches of small state vectors, samples innermost.
//
// A lane is one state, a (cone, sample) pair, or one task's block. Lanes come in tiles of QMTL_TILE; every count
// and offset of lanes here is a multiple of it. Rows of per-lane values (angles, gradients, matrix entries) are
// `stride` apart and start at lane 0. States are opaque: per tile, 2 * 2^qubits * QMTL_TILE numbers.
// Work space is per thread: `qmtl_scratch_size` numbers.
// What is computed for a lane does not depend on its tile, on other lanes or on threads.
#pragma once

#include <stddef.h>
#include <stdint.h>

#define QMTL_TILE 16

// Instruction sets, widest first. `qmtl_best_instruction_set` gives the widest this processor runs.
enum { QMTL_AVX512 = 2, QMTL_AVX2 = 1, QMTL_BASELINE = 0 };
int qmtl_best_instruction_set(void);

// The most qubits of a state in a tile, and the most duals taken back at once.
#define QMTL_TILE_QUBITS 24
#define QMTL_MOST_DUALS 8

// A rotation exp(-i a P / 2): axis 0, 1, 2 for X, Y, Z. Its angle is row `slot` of the angles.
typedef struct {
    int32_t axis;
    int32_t slot;
} qmtl_factor;

// One step of a program: a fused rotation of `qubit` (factors first to last), or, where `factor_count` is zero, a layer
// of controlled Z given by row `first` of the program's signs.
typedef struct {
    int32_t qubit;
    int32_t first;
    int32_t factor_count;
} qmtl_operation;

// Some controlled Z, and then rotations of different qubits: see layers.h.
typedef struct {
    int32_t signs;  // a row of the program's signs, or -1
    int32_t first;  // the first operation; `turn_count` turns, by ascending qubit, come before `whole_count` others
    int32_t turn_count;
    int32_t whole_count;
} qmtl_layer;

typedef struct {
    int32_t qubits;
    int32_t operation_count;
    int32_t opening_count;  // operations that lead, are rotations, and act on different, ascending qubits
    const qmtl_operation *operations;
    const qmtl_factor *factors;
    const uint8_t *signs;  // [layer][2^qubits], 1 where the amplitude changes sign; tiles of states only
    const uint16_t *lane_signs;  // [layer][2^(qubits - lane qubits)], bit l for lane l; wide states only
    int32_t layer_count;  // where not zero, all operations behind the opening ones are rotations, by layers
    const qmtl_layer *layers;
} qmtl_program;

// Numbers of work space for a program: a product state or a diagonal, and the factors of what is prepared.
static inline size_t qmtl_scratch_size(const qmtl_program *program) {
    size_t qubits = program->qubits, layers = program->layer_count;
    size_t prepared = layers ? 5 * (size_t)program->operation_count + layers * (2 * qubits + 1) : 0;
    return QMTL_TILE * (4 * qubits + ((size_t)2 << qubits) + prepared);
}

// A register of `width` qubits of a program of `qubits` qubits, lowest first.
typedef struct {
    int32_t qubits;
    int32_t width;
    const int32_t *positions;
} qmtl_register;

// A Pauli string: it maps |a> to i^quarter (-1)^popcount(a & sign_mask) |a ^ flip_mask>.
typedef struct {
    uint64_t flip_mask;
    uint64_t sign_mask;
    int32_t quarter;
} qmtl_observable;

// Noisy circuits in the Pauli basis; see transfer.h. A state of n qubits is 4^n numbers.

// A rotation about axis 0, 1, 2 (X, Y, Z) by `sign` times row `slot` of the angles; where `axis` is negative, the fixed
// 4 x 4 matrix at `matrix`.
typedef struct {
    int32_t axis;
    int32_t slot;
    int32_t sign;
    const double *matrix;
} qmtl_transfer_factor;

// Matrices whose rows have one entry each, in any order, or in that of controlled Z.
enum { QMTL_TRANSFER_SPARSE, QMTL_TRANSFER_PERMUTING, QMTL_TRANSFER_CZ };

// A sparse matrix of at most 16 rows: entries `first[row]` up to `first[row + 1]` are a row's.
typedef struct {
    int32_t kind;
    int32_t first[17];
    const int32_t *columns;
    const double *values;
} qmtl_transfer_matrix;

// The kinds of steps of noisy programs.
enum {
    QMTL_TRANSFER_SINGLE,  // factors from `first` on one qubit
    QMTL_TRANSFER_PAIR,    // the matrix `first` on two qubits; its transpose follows it
    QMTL_TRANSFER_BOND,    // the images of one qubit by each of the fixed factors from `first`, side by side
    QMTL_TRANSFER_KEEP,    // of a qubit's entries, only the first matters (I), or `factor_count` = 2 (I and Z)
};

typedef struct {
    int32_t kind;
    int32_t first;
    int32_t factor_count;
    int32_t has_angle;
    int32_t shifts;     // whether the factors take a part of the identity to other operators
    int32_t digits;     // entries for each one of the other qubits: 4, 2 where only I and Z matter, or 1
    int32_t upper_digits;
    size_t step;        // from an entry to that with the next operator on the qubit, or on the lower of two
    size_t upper_step;  // and on the upper one
    size_t count;       // entries of the state before the step
} qmtl_transfer_operation;

typedef struct {
    int32_t opening_qubits;
    int32_t operation_count;
    int32_t factor_count;
    int32_t longest_chain;
    const qmtl_transfer_operation *opening;  // one per qubit, on |0>; null where programs start from given states
    const qmtl_transfer_operation *operations;
    const qmtl_transfer_factor *factors;
    const qmtl_transfer_matrix *matrices;
    size_t start_size;  // entries of the state at the start, at the end, and at most
    size_t end_size;
    size_t peak_size;
    size_t spare_size;  // entries of the largest state behind a bond
    size_t tape_size;   // entries of all states that a gradient needs
} qmtl_transfer_program;

// Numbers of work space for a noisy program.
static inline size_t qmtl_transfer_scratch_size(const qmtl_transfer_program *program) {
    size_t matrices = program->factor_count + 2 * (size_t)program->operation_count + program->longest_chain + 1;
    size_t opening = 4 * (size_t)program->opening_qubits + ((size_t)1 << 2 * program->opening_qubits);
    return QMTL_TILE * (12 * matrices + opening + program->spare_size);
}

// A program on blocks of a state, each of neighbouring entries; entry i of block b goes to local[i] + outer[b] behind it.
typedef struct {
    const qmtl_transfer_program *program;
    size_t blocks;
    const int32_t *local;
    const int32_t *outer;
} qmtl_transfer_phase;

// A noisy program in parts; see transfer_split.h. Entry i of block b of the first phase is the sum of `bond` products of
// neighbouring entries of the halves' states, from local[side][i] + outer[side][b] on.
typedef struct {
    const qmtl_transfer_program *halves[2];
    const int32_t *local[2];
    const int32_t *outer[2];
    const qmtl_transfer_phase *phases;
    int32_t bond;
    int32_t phase_count;
    size_t block_size;  // entries of the largest state that is worked on at a time
    size_t tape_size;
    size_t state_size;  // entries of all states between the parts
    size_t end_size;
    size_t program_scratch_size;  // numbers of work space of the neediest part
} qmtl_split_transfer;

// Numbers of work space for a split program.
static inline size_t qmtl_split_scratch_size(const qmtl_split_transfer *split) {
    return split->program_scratch_size
        + QMTL_TILE * (2 * split->block_size + split->tape_size + split->state_size);
}

// Rows of per-lane values; element (row, lane) is at data[row * stride + lane].
#define QMTL_DECLARE(REAL, NAME)                                                                                     \
    /* Runs the program on `lanes` states that start in |0..0>. */                                                    \
    void qmtl_forward_##NAME(int isa, const qmtl_program *program, const REAL *angles, size_t stride,               \
                             size_t first_lane, size_t lanes, REAL *scratch, REAL *states);                         \
    /* Wide states: one state whose highest `qmtl_lane_qubits` qubits are the lanes of a vector; angles are the same */ \
    /* in every lane. A step of the program runs on a range of vectors, or, for a rotation of another qubit, of */      \
    /* pairs of vectors. The adjoint gives three vectors of projections, from which come the factors' gradients. */    \
    int qmtl_lane_qubits_##NAME(int isa);                                                                           \
    void qmtl_wide_forward_##NAME(int isa, const qmtl_program *program, int step, const REAL *angles, size_t stride, \
                                  size_t first, size_t last, REAL *states);                                         \
    void qmtl_wide_adjoint_##NAME(int isa, const qmtl_program *program, int step, const REAL *angles, size_t stride, \
                                  size_t first, size_t last, REAL *states, REAL *duals, REAL *projections);         \
    void qmtl_wide_gradients_##NAME(int isa, const qmtl_program *program, int step, const REAL *angles,             \
                                    size_t stride, const REAL *projections, REAL *gradients);                       \
    /* Reduced states of a register as rows i * 2^width + j: the diagonal, 2 Re rho_ij above it, 2 Im rho_ij below */ \
    /* (row j * 2^width + i for i < j). */                                                                           \
    void qmtl_reduce_##NAME(int isa, const qmtl_register *reg, const REAL *states, size_t first_lane,               \
                            size_t lanes, REAL *reduced, size_t stride);                                            \
    /* duals = A states (+= where `add`), A the Hermitian matrix on the register whose rows are the diagonal, */      \
    /* Re A_ij above it and Im A_ij below. */                                                                        \
    void qmtl_apply_##NAME(int isa, const qmtl_register *reg, const REAL *matrices, size_t stride,                  \
                           size_t first_lane, size_t lanes, const REAL *states, int add, REAL *duals);                       \
    /* Takes states and duals back through the program; gradients[slot] += d <states_0| A |states_0> / d angle */    \
    /* where duals = A states at the program's end. States and duals are overwritten. */                             \
    void qmtl_adjoint_##NAME(int isa, const qmtl_program *program, const REAL *angles, size_t stride,               \
                             size_t first_lane, size_t lanes, REAL *scratch, REAL *states, REAL *duals,             \
                             REAL *gradients);                                                                      \
    /* The same for `count` observables at once, each with duals and gradients of its own, `dual_size` and */         \
    /* `gradient_size` numbers behind those before. */                                                               \
    void qmtl_adjoint_duals_##NAME(int isa, const qmtl_program *program, const REAL *angles, size_t stride,         \
                                   size_t first_lane, size_t lanes, REAL *scratch, REAL *states, REAL *duals,       \
                                   size_t dual_size, int count, REAL *gradients, size_t gradient_size);             \
    /* duals = P states, P a Pauli string on the states' qubits. */                                                  \
    void qmtl_apply_string_##NAME(int isa, const qmtl_observable *string, int qubits, size_t lanes,                 \
                                  const REAL *states, REAL *duals);                                                 \
    /* Task blocks: V_t of the tasks in lanes, 2 * 4^qubits * QMTL_TILE numbers a tile, columns `first_column` up to */  \
    /* `last_column`. The program may not be in layers. */                                                           \
    void qmtl_blocks_##NAME(int isa, const qmtl_program *program, const REAL *angles, size_t stride,                \
                            size_t first_task, size_t tasks, size_t first_column, size_t last_column, REAL *states); \
    /* Takes these columns, and duals by `conjugate_dual`, back to the start, and adds to the gradients. */           \
    void qmtl_blocks_adjoint_##NAME(int isa, const qmtl_program *program, const REAL *angles, size_t stride,        \
                                    size_t first_task, size_t tasks, size_t first_column, size_t last_column,       \
                                    REAL *states, REAL *duals, REAL *gradients);                                    \
    /* Head matrices V_t^dagger P V_t as rows of per-task values (diagonal, Re above, Im below): what row i of the */    \
    /* matrix decides, for first_row <= i < last_row. */                                                             \
    void qmtl_conjugate_##NAME(int isa, const qmtl_observable *observable, int qubits, const REAL *states,          \
                               size_t first_task, size_t tasks, size_t first_row, size_t last_row, REAL *matrices,  \
                               size_t stride);                                                                      \
    /* What `blocks_adjoint` starts from (+= where `add`), for a gradient by the rows of `conjugate`; columns i. */    \
    void qmtl_conjugate_dual_##NAME(int isa, const qmtl_observable *observable, int qubits, const REAL *states,     \
                                    size_t first_task, size_t tasks, size_t first_row, size_t last_row,             \
                                    const REAL *matrices, size_t stride, int add, REAL *duals);                     \
    /* One task's expectation values: values[b] = sum_k matrix[k * matrix_stride] * reduced[k * stride + b]. */     \
    void qmtl_read_##NAME(int isa, const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced,      \
                          size_t stride, size_t samples, REAL *values);                                             \
    /* matrix_gradient[k * matrix_stride] += sum_b cotangent[b] reduced[k][b]; weights[k][b] += matrix[k] cotangent[b]. */ \
    void qmtl_read_dual_##NAME(int isa, const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced, \
                               size_t stride, size_t samples, const REAL *cotangent, REAL *matrix_gradient,         \
                               REAL *weights);                                                                      \
    /* Noisy programs. Forward: from |0..0> or from the rows of `start`; `tape`, where given, keeps what gradients need. */ \
    void qmtl_transfer_forward_##NAME(int isa, const qmtl_transfer_program *program, const REAL *angles,            \
                                      size_t stride, const REAL *start, size_t start_stride, size_t first_lane,     \
                                      size_t lanes, REAL *scratch, REAL *states, REAL *tape);                       \
    /* Takes observables back to the start; where `gradients` is given, adds to these. */                           \
    void qmtl_transfer_adjoint_##NAME(int isa, const qmtl_transfer_program *program, const REAL *angles,            \
                                      size_t stride, size_t first_lane, size_t lanes, REAL *scratch,                \
                                      const REAL *tape, REAL *duals, REAL *gradients);                              \
    /* Split programs, likewise; `states` keeps what the adjoint needs, `ends` are the last states or duals. */      \
    void qmtl_split_forward_##NAME(int isa, const qmtl_split_transfer *split, const REAL *angles, size_t stride,     \
                                   size_t first_lane, size_t lanes, REAL *scratch, REAL *states, REAL *ends);        \
    void qmtl_split_adjoint_##NAME(int isa, const qmtl_split_transfer *split, const REAL *angles, size_t stride,     \
                                   size_t first_lane, size_t lanes, REAL *scratch, REAL *states,                     \
                                   const REAL *ends, REAL *gradients);                                               \
    /* rows[i] = the entry of a state for Pauli operator i of a register; and rows added to these entries. States of */\
    /* neighbouring vectors are `state_size` entries apart. */                                                       \
    void qmtl_transfer_read_##NAME(int isa, const qmtl_register *reg, const REAL *states, size_t state_size,         \
                                   size_t first_lane, size_t lanes, REAL *rows, size_t stride);                      \
    void qmtl_transfer_write_##NAME(int isa, const qmtl_register *reg, const REAL *rows, size_t stride,              \
                                    size_t first_lane, size_t lanes, REAL *states, size_t state_size);               \
    /* sums[row] = the sum of `samples` neighbouring lanes of the row. */                                           \
    void qmtl_sums_##NAME(int isa, const REAL *values, size_t stride, size_t rows, size_t samples, REAL *sums);

QMTL_DECLARE(float, float)
QMTL_DECLARE(double, double)
