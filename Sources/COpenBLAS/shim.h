#include <cblas.h>
#include <stddef.h>

// LAPACK, which OpenBLAS contains; the last arguments are the lengths of the texts, as Fortran passes them.
void dposv_(
    const char *triangle, const int *order, const int *columns, double *matrix, const int *matrix_stride, double *right,
    const int *right_stride, int *info, size_t triangle_length);
void dsyev_(
    const char *job, const char *triangle, const int *order, double *matrix, const int *stride, double *values,
    double *work, const int *work_size, int *info, size_t job_length, size_t triangle_length);
