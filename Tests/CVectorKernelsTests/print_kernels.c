// Runs every entry point of CVectorKernels on the same made-up inputs, in both precisions, and prints what it gives, a line
// a number: `name[precision] value`. `.ci/check-neon` compares what two processors print. The argument is an instruction set.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vector_kernels.h"

enum { QUBITS = 7, LANES = 32, STRIDE = 48, FIRST = 16, DIMENSION = 1 << QUBITS, LAYERS = 3, SLOTS = 2 * LAYERS * QUBITS };
enum { NOISY = 3, SPAN = 64, TASKS = 16, WIDTH = 2, ENTRIES = 16, DUALS = 3 };

static qmtl_operation operations[LAYERS * QUBITS + LAYERS];
static qmtl_factor factors[SLOTS];
static uint8_t signs[LAYERS * DIMENSION];
static uint16_t lane_signs[LAYERS * DIMENSION];
static qmtl_program program = {QUBITS, 0, QUBITS, operations, factors, signs, lane_signs, 0, 0};
static qmtl_operation rotations[LAYERS * QUBITS];
static qmtl_layer layers[LAYERS];
static qmtl_operation block_operations[] = {{0, 0, 2}, {1, 2, 1}, {0, 0, 0}, {0, 3, 2}, {1, 5, 3}};
static qmtl_program task_block = {2, 5, 2, block_operations, factors, signs, 0, 0, 0};
static qmtl_program layered = {QUBITS, LAYERS * QUBITS, QUBITS, rotations, factors, signs, 0, LAYERS, layers};

// Layers of two rotations on every qubit, about axes that change, and controlled Z on all neighbours.
static void make_program(void) {
    int count = 0, factor = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
        for (int qubit = 0; qubit < QUBITS; qubit++) {
            operations[count++] = (qmtl_operation){qubit, factor, 2};
            for (int f = 0; f < 2; f++, factor++) {
                factors[factor] = (qmtl_factor){(layer + qubit + 2 * f) % 3, factor};
            }
        }
        operations[count++] = (qmtl_operation){0, layer, 0};
        for (int i = 0; i < DIMENSION; i++) signs[layer * DIMENSION + i] = __builtin_popcount(i & i >> 1) & 1;
    }
    program.operation_count = count;
}

// The same program in layers: the second one's rotations are turns, of the third's only the first four, and the last layer
// is a diagonal alone.
static void make_layers(void) {
    int count = 0;
    for (int o = 0; o < program.operation_count; o++) {
        if (operations[o].factor_count) rotations[count++] = operations[o];
    }
    for (int l = 0; l < LAYERS; l++) {
        int turns = l == 0 ? QUBITS : l == 1 ? 4 : 0;
        layers[l] = (qmtl_layer){l, (l + 1) * QUBITS, turns, l == LAYERS - 1 ? 0 : QUBITS - turns};
    }
}

// The same layers where the highest `lanes` qubits are the lanes of a vector.
static void make_lane_signs(int lanes) {
    int vectors = DIMENSION >> lanes;
    for (int i = 0; i < LAYERS * vectors; i++) {
        lane_signs[i] = 0;
        for (int lane = 0; lane < 1 << lanes; lane++) {
            lane_signs[i] |= (uint16_t)(signs[lane * vectors + i % vectors] << lane);
        }
    }
}

// Noisy programs on three qubits; on two, that end in a sum of two products; and on blocks of two qubits' 16 entries. From
// them a split program: two halves of two qubits, then a phase on the lower qubit of each, then one on the upper qubits.
static const double damping[16] = {1, 0, 0, 0, 0, 0.9, 0, 0, 0, 0, 0.9, 0, 0.2, 0, 0, 0.8};
static const double mixing[16] = {0.5, 0.1, 0, 0, 0, 0.7, 0, 0.3, 0.2, 0, -0.4, 0, 0, 0.6, 0, 1};
static const qmtl_transfer_factor chain[] = {
    {1, 0, 1, 0}, {0, 1, 1, 0}, {2, 2, -1, 0}, {-1, 0, 1, damping},
    {0, 3, 1, 0}, {1, 4, -1, 0}, {-1, 0, 1, damping}, {-1, 0, 1, mixing},
};
enum { FACTORS = 8, CHAIN = 3 };
static int32_t columns[128];
static double values[128];
static qmtl_transfer_matrix matrices[6];
#define SINGLE(first, factors, shifts, step, count) {QMTL_TRANSFER_SINGLE, first, factors, 1, shifts, 4, 0, step, 0, count}
#define PAIR(first, step, upper, count) {QMTL_TRANSFER_PAIR, first, 0, 0, 0, 4, 4, step, upper, count}
static const qmtl_transfer_operation opening[NOISY] = {
    SINGLE(0, 1, 0, 1, SPAN), SINGLE(1, 2, 0, 4, SPAN), SINGLE(2, 2, 1, 16, SPAN),
};
static const qmtl_transfer_operation steps[] = {
    PAIR(0, 1, 4, SPAN), SINGLE(3, 2, 1, 4, SPAN), PAIR(2, 4, 16, SPAN), SINGLE(4, 2, 0, 1, SPAN),
    {QMTL_TRANSFER_KEEP, 0, 1, 0, 0, 4, 0, 16, 0, SPAN}, SINGLE(2, 3, 1, 1, 16),
};
static const qmtl_transfer_program noisy = {
    NOISY, 6, FACTORS, CHAIN, opening, steps, chain, matrices, SPAN, 16, SPAN, 0, 2 * SPAN + 16,
};
static const qmtl_transfer_operation half_steps[] = {
    SINGLE(3, 2, 1, 1, 16), PAIR(4, 1, 4, 16), {QMTL_TRANSFER_BOND, 6, 2, 0, 0, 4, 0, 4, 0, 16},
};
static const qmtl_transfer_program half = {2, 3, FACTORS, CHAIN, opening, half_steps, chain, matrices, 16, 32, 32, 32, 16};
static const qmtl_transfer_operation block_steps[] = {PAIR(2, 1, 4, 16), SINGLE(4, 2, 0, 4, 16)};
static const qmtl_transfer_program block = {0, 2, FACTORS, CHAIN, 0, block_steps, chain, matrices, 16, 16, 16, 0, 16};
static int32_t every[16], lower[2][16], upper[2][16], spread[16];
static const qmtl_transfer_phase phases[] = {{&block, 16, spread, every}, {&block, 16, every, spread}};
static qmtl_split_transfer split = {
    {&half, &half}, {lower[0], lower[1]}, {upper[0], upper[1]}, phases, 2, 2, 32, 16, 32 + 32 + 256, 256, 0,
};

static void make_split(void) {
    for (int i = 0; i < 16; i++) {
        every[i] = i;
        spread[i] = 16 * i;
        // Bonds are neighbours, so the operators on a half's lower qubit are 2 apart and those on its upper one 8.
        lower[0][i] = 2 * (i % 4), lower[1][i] = 2 * (i / 4);
        upper[0][i] = 8 * (i % 4), upper[1][i] = 8 * (i / 4);
    }
    split.program_scratch_size = qmtl_transfer_scratch_size(&half);
}

// A signed permutation and a matrix with two entries a row, each followed by its transpose.
static void make_matrices(void) {
    int next = 0;
    for (int m = 0; m < 6; m++) {
        int entries = m == 2 || m == 3 ? 2 : 1;
        matrices[m].columns = columns + next;
        matrices[m].values = values + next;
        matrices[m].kind = m < 2 ? QMTL_TRANSFER_PERMUTING : m < 4 ? QMTL_TRANSFER_SPARSE : QMTL_TRANSFER_CZ;
        int place = 0;
        for (int row = 0; row < 16; row++) {
            matrices[m].first[row] = place;
            for (int e = 0; e < entries; e++, place++) {
                int column = m % 2 == 0 ? (row * 5 + 3 + e) % 16 : (((row - 3 - e + 16) % 16) * 13) % 16;
                // X or Y on one of two qubits brings Z on the other.
                static const int brought[4] = {0, 3, 3, 0};
                if (m >= 4) column = row ^ brought[row & 3] << 2 ^ brought[row >> 2];
                int from = m % 2 == 0 ? row : column;
                columns[next + place] = column;
                values[next + place] = (from * 7 + e) % 3 ? 0.75 : -0.5;
            }
        }
        matrices[m].first[16] = place;
        next += place;
    }
}

static uint32_t state;
static double draw(void) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) / (double)(1 << 23) - 1;
}

#define CHECK(REAL)                                                                                                    \
    static REAL *numbers_##REAL(size_t count) {                                                                        \
        REAL *numbers = aligned_alloc(64, (count * sizeof(REAL) + 63) / 64 * 64);                                      \
        for (size_t i = 0; i < count; i++) numbers[i] = (REAL)draw();                                                  \
        return numbers;                                                                                                \
    }                                                                                                                  \
    static void print_##REAL(const char *name, const REAL *numbers, size_t count) {                                    \
        for (size_t i = 0; i < count; i++) printf("%s[" #REAL "] %.12g\n", name, (double)numbers[i]);                  \
    }                                                                                                                  \
    static void check_##REAL(int isa) {                                                                                \
        size_t size = 2 * DIMENSION * LANES;                                                                           \
        state = 1;                                                                                                     \
        REAL *angles = numbers_##REAL(SLOTS * STRIDE), *states = numbers_##REAL(DUALS * size);                         \
        REAL *duals = numbers_##REAL(DUALS * size), *copies = numbers_##REAL(size);                                    \
        REAL *scratch = numbers_##REAL(qmtl_scratch_size(&layered) + qmtl_transfer_scratch_size(&noisy)                \
                                         + qmtl_split_scratch_size(&split));                                           \
        REAL *gradients = numbers_##REAL(DUALS * SLOTS * STRIDE), *rows = numbers_##REAL(SPAN * STRIDE);               \
        int32_t positions[WIDTH] = {1, 5};                                                                             \
        qmtl_register reg = {QUBITS, WIDTH, positions};                                                                \
        qmtl_observable string = {5, 6, 1};                                                                            \
        qmtl_forward_##REAL(isa, &program, angles, STRIDE, FIRST, LANES, scratch, states);                      \
        print_##REAL("forward", states, size);                                                                         \
        qmtl_reduce_##REAL(isa, &reg, states, FIRST, LANES, rows, STRIDE);                                             \
        print_##REAL("reduce", rows, ENTRIES * STRIDE);                                                                \
        qmtl_apply_##REAL(isa, &reg, rows, STRIDE, FIRST, LANES, states, 1, duals);                                    \
        print_##REAL("apply", duals, size);                                                                            \
        memcpy(copies, states, size * sizeof(REAL));                                                                   \
        qmtl_adjoint_##REAL(isa, &program, angles, STRIDE, FIRST, LANES, scratch, copies, duals, gradients);    \
        print_##REAL("adjoint", gradients, SLOTS * STRIDE);                                                            \
        qmtl_forward_##REAL(isa, &program, angles, STRIDE, FIRST, LANES, scratch, states);                          \
        qmtl_apply_string_##REAL(isa, &string, QUBITS, LANES, states, duals);                                          \
        print_##REAL("apply_string", duals, size);                                                                     \
        qmtl_adjoint_duals_##REAL(isa, &program, angles, STRIDE, FIRST, LANES, scratch, states, duals, size, DUALS,    \
                                  gradients, SLOTS * STRIDE);                                                          \
        print_##REAL("adjoint_duals", gradients, DUALS * SLOTS * STRIDE);                                              \
        qmtl_forward_##REAL(isa, &layered, angles, STRIDE, FIRST, LANES, scratch, states);                          \
        print_##REAL("layered_forward", states, size);                                                                 \
        memcpy(copies, states, size * sizeof(REAL));                                                                   \
        memcpy(duals, states, size * sizeof(REAL));                                                                    \
        qmtl_apply_##REAL(isa, &reg, rows, STRIDE, FIRST, LANES, states, 1, duals);                                    \
        qmtl_adjoint_duals_##REAL(isa, &layered, angles, STRIDE, FIRST, LANES, scratch, copies, duals, size, DUALS,    \
                                  gradients, SLOTS * STRIDE);                                                          \
        print_##REAL("layered_adjoint_duals", gradients, DUALS * SLOTS * STRIDE);                                      \
        qmtl_apply_##REAL(isa, &reg, rows, STRIDE, FIRST, LANES, states, 0, duals);                                    \
        qmtl_adjoint_##REAL(isa, &layered, angles, STRIDE, FIRST, LANES, scratch, states, duals, gradients);        \
        print_##REAL("layered_adjoint", gradients, SLOTS * STRIDE);                                                    \
        qmtl_sums_##REAL(isa, gradients, STRIDE, SLOTS, 37, rows);                                                     \
        print_##REAL("sums", rows, SLOTS);                                                                             \
        free(states), free(duals);                                                                                     \
        /* The blocks of 16 tasks on 2 qubits, first some of their columns, then all. */                               \
        states = numbers_##REAL(2 * ENTRIES * TASKS), duals = numbers_##REAL(2 * ENTRIES * TASKS);                     \
        qmtl_observable head = {1, 3, 1};                                                                              \
        qmtl_blocks_##REAL(isa, &task_block, angles, STRIDE, 0, TASKS, 1, 3, states);                                       \
        print_##REAL("blocks", states, 2 * ENTRIES * TASKS);                                                           \
        qmtl_blocks_##REAL(isa, &task_block, angles, STRIDE, 0, TASKS, 0, 4, states);                                       \
        print_##REAL("blocks", states, 2 * ENTRIES * TASKS);                                                           \
        qmtl_conjugate_##REAL(isa, &head, WIDTH, states, 0, TASKS, 0, 4, rows, STRIDE);                                \
        print_##REAL("conjugate", rows, ENTRIES * STRIDE);                                                             \
        qmtl_conjugate_dual_##REAL(isa, &head, WIDTH, states, 0, TASKS, 0, 4, rows, STRIDE, 0, duals);                 \
        qmtl_conjugate_dual_##REAL(isa, &head, WIDTH, states, 0, TASKS, 1, 4, rows, STRIDE, 1, duals);                 \
        print_##REAL("conjugate_dual", duals, 2 * ENTRIES * TASKS);                                                    \
        qmtl_blocks_adjoint_##REAL(isa, &task_block, angles, STRIDE, 0, TASKS, 0, 4, states, duals, gradients);             \
        print_##REAL("blocks_adjoint", gradients, SLOTS * STRIDE);                                                     \
        REAL read[37], *weights = numbers_##REAL(ENTRIES * STRIDE), *slopes = numbers_##REAL(ENTRIES * STRIDE);        \
        qmtl_read_##REAL(isa, angles, STRIDE, ENTRIES, rows, STRIDE, 37, read);                                        \
        print_##REAL("read", read, 37);                                                                                \
        qmtl_read_dual_##REAL(isa, angles, STRIDE, ENTRIES, rows, STRIDE, 37, read, slopes, weights);                  \
        print_##REAL("read_dual", slopes, ENTRIES * STRIDE);                                                           \
        print_##REAL("read_dual", weights, ENTRIES * STRIDE);                                                          \
        free(states), free(duals);                                                                                     \
        /* Noisy programs, from the opening and from given states. */                                                  \
        states = numbers_##REAL(SPAN * LANES), duals = numbers_##REAL(SPAN * LANES);                                   \
        REAL *tape = numbers_##REAL(noisy.tape_size * LANES), *starts = numbers_##REAL(SPAN * STRIDE);                 \
        qmtl_register pair = {NOISY, WIDTH, (int32_t[]){0, 1}};                                                        \
        qmtl_transfer_program given = noisy;                                                                           \
        given.opening = 0;                                                                                             \
        qmtl_transfer_forward_##REAL(isa, &given, angles, STRIDE, starts, STRIDE, FIRST, LANES, scratch, states, 0);   \
        print_##REAL("transfer_forward", states, SPAN * LANES);                                                        \
        qmtl_transfer_forward_##REAL(isa, &noisy, angles, STRIDE, 0, 0, FIRST, LANES, scratch, states, tape);          \
        print_##REAL("transfer_forward", states, SPAN * LANES);                                                        \
        qmtl_transfer_read_##REAL(isa, &pair, states, SPAN, FIRST, LANES, rows, STRIDE);                               \
        print_##REAL("transfer_read", rows, ENTRIES * STRIDE);                                                         \
        memset(duals, 0, SPAN * LANES * sizeof(REAL));                                                                 \
        qmtl_transfer_write_##REAL(isa, &pair, rows, STRIDE, FIRST, LANES, duals, SPAN);                               \
        print_##REAL("transfer_write", duals, SPAN * LANES);                                                           \
        qmtl_transfer_adjoint_##REAL(isa, &noisy, angles, STRIDE, FIRST, LANES, scratch, tape, duals, gradients);      \
        print_##REAL("transfer_adjoint", gradients, 5 * STRIDE);                                                       \
        REAL *between = numbers_##REAL(split.state_size * LANES), *ends = numbers_##REAL(split.end_size * LANES);      \
        qmtl_split_forward_##REAL(isa, &split, angles, STRIDE, FIRST, LANES, scratch, between, ends);                  \
        print_##REAL("split_forward", ends, split.end_size * LANES);                                                   \
        qmtl_split_adjoint_##REAL(isa, &split, angles, STRIDE, FIRST, LANES, scratch, between, ends, gradients);       \
        print_##REAL("split_adjoint", gradients, 5 * STRIDE);                                                          \
        /* One wide state and its dual; the angles are the same in every lane. */                                      \
        int lane_qubits = qmtl_lane_qubits_##REAL(isa);                                                                \
        size_t vectors = DIMENSION >> lane_qubits;                                                                     \
        make_lane_signs(lane_qubits);                                                                                  \
        for (int i = 0; i < SLOTS * STRIDE; i++) angles[i] = angles[i / STRIDE * STRIDE];                              \
        REAL *wide = numbers_##REAL(2 * DIMENSION), *dual = numbers_##REAL(2 * DIMENSION);                             \
        memset(gradients, 0, SLOTS * STRIDE * sizeof(REAL));                                                           \
        for (int step = 0; step < program.operation_count; step++) {                                                   \
            int is_pair = operations[step].factor_count && operations[step].qubit < QUBITS - lane_qubits;              \
            qmtl_wide_forward_##REAL(isa, &program, step, angles, STRIDE, 0, vectors >> is_pair, wide);                \
        }                                                                                                              \
        print_##REAL("wide_forward", wide, 2 * DIMENSION);                                                             \
        for (int step = program.operation_count - 1; step >= 0; step--) {                                              \
            _Alignas(64) REAL projections[3 * 16] = {0};                                                               \
            int is_pair = operations[step].factor_count && operations[step].qubit < QUBITS - lane_qubits;              \
            qmtl_wide_adjoint_##REAL(isa, &program, step, angles, STRIDE, 0, vectors >> is_pair, wide, dual,           \
                                     projections);                                                                     \
            if (operations[step].factor_count) {                                                                       \
                qmtl_wide_gradients_##REAL(isa, &program, step, angles, STRIDE, projections, gradients);               \
            }                                                                                                          \
        }                                                                                                              \
        print_##REAL("wide_adjoint", dual, 2 * DIMENSION);                                                             \
        print_##REAL("wide_gradients", gradients, SLOTS * STRIDE);                                                     \
        REAL *all[] = {angles, states, duals, copies, scratch, gradients, rows, weights, slopes, tape, starts, between, ends, \
                       wide, dual};                                                                                    \
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);                                            \
    }

CHECK(float)
CHECK(double)

int main(int count, char **arguments) {
    int isa = count > 1 ? atoi(arguments[1]) : qmtl_best_instruction_set();
    make_program();
    make_layers();
    make_matrices();
    make_split();
    check_float(isa);
    check_double(isa);
}
