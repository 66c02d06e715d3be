#include "vector_kernels.h"

// Hands each entry point to the loops compiled for the instruction set asked for.

#if defined(__x86_64__)

int qmtl_best_instruction_set(void) {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl")) {
        return QMTL_AVX512;
    }
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? QMTL_AVX2 : QMTL_BASELINE;
}

#define DISPATCH(NAME, PRECISION, PARAMETERS, ARGUMENTS)                   \
    void qmtl_##NAME##_avx512_##PRECISION PARAMETERS;                      \
    void qmtl_##NAME##_avx2_##PRECISION PARAMETERS;                        \
    void qmtl_##NAME##_baseline_##PRECISION PARAMETERS;                    \
    void qmtl_##NAME##_##PRECISION(int isa, UNWRAP PARAMETERS) {           \
        if (isa >= QMTL_AVX512) qmtl_##NAME##_avx512_##PRECISION ARGUMENTS; \
        else if (isa == QMTL_AVX2) qmtl_##NAME##_avx2_##PRECISION ARGUMENTS; \
        else qmtl_##NAME##_baseline_##PRECISION ARGUMENTS;                 \
    }

#else

int qmtl_best_instruction_set(void) { return QMTL_BASELINE; }

#define DISPATCH(NAME, PRECISION, PARAMETERS, ARGUMENTS)         \
    void qmtl_##NAME##_baseline_##PRECISION PARAMETERS;          \
    void qmtl_##NAME##_##PRECISION(int isa, UNWRAP PARAMETERS) { \
        (void)isa;                                               \
        qmtl_##NAME##_baseline_##PRECISION ARGUMENTS;            \
    }

#endif

#define UNWRAP(...) __VA_ARGS__

#define DISPATCH_ALL(REAL)                                                                                           \
    DISPATCH(forward, REAL,                                                                                          \
             (const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,       \
              REAL *scratch, REAL *states),                                                                          \
             (program, angles, stride, first_lane, lanes, scratch, states))                                          \
    DISPATCH(wide_forward, REAL,                                                                                     \
             (const qmtl_program *program, int step, const REAL *angles, size_t stride, size_t first, size_t last,   \
              REAL *states),                                                                                         \
             (program, step, angles, stride, first, last, states))                                                   \
    DISPATCH(wide_adjoint, REAL,                                                                                     \
             (const qmtl_program *program, int step, const REAL *angles, size_t stride, size_t first, size_t last,   \
              REAL *states, REAL *duals, REAL *projections),                                                         \
             (program, step, angles, stride, first, last, states, duals, projections))                               \
    DISPATCH(wide_gradients, REAL,                                                                                   \
             (const qmtl_program *program, int step, const REAL *angles, size_t stride, const REAL *projections,     \
              REAL *gradients),                                                                                      \
             (program, step, angles, stride, projections, gradients))                                                \
    DISPATCH(reduce, REAL,                                                                                           \
             (const qmtl_register *reg, const REAL *states, size_t first_lane, size_t lanes, REAL *reduced,          \
              size_t stride),                                                                                        \
             (reg, states, first_lane, lanes, reduced, stride))                                                      \
    DISPATCH(apply, REAL,                                                                                            \
             (const qmtl_register *reg, const REAL *matrices, size_t stride, size_t first_lane, size_t lanes,        \
              const REAL *states, int add, REAL *duals),                                                             \
             (reg, matrices, stride, first_lane, lanes, states, add, duals))                                              \
    DISPATCH(adjoint, REAL,                                                                                          \
             (const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,       \
              REAL *scratch, REAL *states, REAL *duals, REAL *gradients),                                            \
             (program, angles, stride, first_lane, lanes, scratch, states, duals, gradients))                        \
    DISPATCH(adjoint_duals, REAL,                                                                                    \
             (const qmtl_program *program, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,       \
              REAL *scratch, REAL *states, REAL *duals, size_t dual_size, int count, REAL *gradients,                \
              size_t gradient_size),                                                                                 \
             (program, angles, stride, first_lane, lanes, scratch, states, duals, dual_size, count, gradients,       \
              gradient_size))                                                                                        \
    DISPATCH(apply_string, REAL,                                                                                     \
             (const qmtl_observable *string, int qubits, size_t lanes, const REAL *states, REAL *duals),             \
             (string, qubits, lanes, states, duals))                                                                 \
    DISPATCH(blocks, REAL,                                                                                           \
             (const qmtl_program *program, const REAL *angles, size_t stride, size_t first_task, size_t tasks,       \
              size_t first_column, size_t last_column, REAL *states),                                                \
             (program, angles, stride, first_task, tasks, first_column, last_column, states))                        \
    DISPATCH(blocks_adjoint, REAL,                                                                                   \
             (const qmtl_program *program, const REAL *angles, size_t stride, size_t first_task, size_t tasks,       \
              size_t first_column, size_t last_column, REAL *states, REAL *duals, REAL *gradients),                  \
             (program, angles, stride, first_task, tasks, first_column, last_column, states, duals, gradients))      \
    DISPATCH(conjugate, REAL,                                                                                        \
             (const qmtl_observable *observable, int qubits, const REAL *states, size_t first_task, size_t tasks,    \
              size_t first_row, size_t last_row, REAL *matrices, size_t stride),                                     \
             (observable, qubits, states, first_task, tasks, first_row, last_row, matrices, stride))                 \
    DISPATCH(conjugate_dual, REAL,                                                                                   \
             (const qmtl_observable *observable, int qubits, const REAL *states, size_t first_task, size_t tasks,    \
              size_t first_row, size_t last_row, const REAL *matrices, size_t stride, int add, REAL *duals),         \
             (observable, qubits, states, first_task, tasks, first_row, last_row, matrices, stride, add, duals))     \
    DISPATCH(read, REAL,                                                                                             \
             (const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced, size_t stride,             \
              size_t samples, REAL *values),                                                                         \
             (matrix, matrix_stride, entries, reduced, stride, samples, values))                                     \
    DISPATCH(read_dual, REAL,                                                                                        \
             (const REAL *matrix, size_t matrix_stride, int entries, const REAL *reduced, size_t stride,             \
              size_t samples, const REAL *cotangent, REAL *matrix_gradient, REAL *weights),                          \
             (matrix, matrix_stride, entries, reduced, stride, samples, cotangent, matrix_gradient, weights))        \
    DISPATCH(transfer_forward, REAL,                                                                                 \
             (const qmtl_transfer_program *program, const REAL *angles, size_t stride, const REAL *start,            \
              size_t start_stride, size_t first_lane, size_t lanes, REAL *scratch, REAL *states, REAL *tape),        \
             (program, angles, stride, start, start_stride, first_lane, lanes, scratch, states, tape))               \
    DISPATCH(transfer_adjoint, REAL,                                                                                 \
             (const qmtl_transfer_program *program, const REAL *angles, size_t stride, size_t first_lane,            \
              size_t lanes, REAL *scratch, const REAL *tape, REAL *duals, REAL *gradients),                          \
             (program, angles, stride, first_lane, lanes, scratch, tape, duals, gradients))                          \
    DISPATCH(split_forward, REAL,                                                                                    \
             (const qmtl_split_transfer *split, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,  \
              REAL *scratch, REAL *states, REAL *ends),                                                              \
             (split, angles, stride, first_lane, lanes, scratch, states, ends))                                      \
    DISPATCH(split_adjoint, REAL,                                                                                    \
             (const qmtl_split_transfer *split, const REAL *angles, size_t stride, size_t first_lane, size_t lanes,  \
              REAL *scratch, REAL *states, const REAL *ends, REAL *gradients),                                       \
             (split, angles, stride, first_lane, lanes, scratch, states, ends, gradients))                           \
    DISPATCH(transfer_read, REAL,                                                                                    \
             (const qmtl_register *reg, const REAL *states, size_t state_size, size_t first_lane, size_t lanes,      \
              REAL *rows, size_t stride),                                                                            \
             (reg, states, state_size, first_lane, lanes, rows, stride))                                             \
    DISPATCH(transfer_write, REAL,                                                                                   \
             (const qmtl_register *reg, const REAL *rows, size_t stride, size_t first_lane, size_t lanes,            \
              REAL *states, size_t state_size),                                                                      \
             (reg, rows, stride, first_lane, lanes, states, state_size))                                             \
    DISPATCH(sums, REAL, (const REAL *values, size_t stride, size_t rows, size_t samples, REAL *sums),               \
             (values, stride, rows, samples, sums))

DISPATCH_ALL(float)
DISPATCH_ALL(double)

#if defined(__x86_64__)
#define BYTES(isa) ((isa) >= QMTL_AVX512 ? 64 : (isa) == QMTL_AVX2 ? 32 : 16)
#else
#define BYTES(isa) ((void)(isa), 16)
#endif

int qmtl_lane_qubits_float(int isa) { return __builtin_ctz(BYTES(isa) / sizeof(float)); }
int qmtl_lane_qubits_double(int isa) { return __builtin_ctz(BYTES(isa) / sizeof(double)); }
