// Matrices on one qubit in the Pauli basis, fused from rotations and fixed ones, and the gradients of their angles.

// What a fused operation does to X, Y, Z: row r is the image of the (r + 1)th; columns I, X, Y, Z.
typedef struct {
    V m[3][4];
} SYMBOL(affine);
#define AFFINE SYMBOL(affine)

INLINE void SYMBOL(turn_angle)(const qmtl_transfer_factor *factor, const REAL *angles, size_t stride, V *c, V *s) {
    V half_c, half_s;
    SYMBOL(half_angle)(*(const V *)(angles + factor->slot * stride) * (REAL)factor->sign, &half_c, &half_s);
    *c = half_c * half_c - half_s * half_s;
    *s = 2 * half_c * half_s;
}

// The matrix of factor * before.
INLINE void SYMBOL(follow)(const qmtl_transfer_factor *factor, const REAL *angles, size_t stride,
                           const AFFINE *before, AFFINE *after) {
    if (factor->axis < 0) {
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                V sum = SYMBOL(splat)(c == 0 ? (REAL)factor->matrix[4 * (r + 1)] : 0);
                for (int k = 0; k < 3; k++) sum += (REAL)factor->matrix[4 * (r + 1) + k + 1] * before->m[k][c];
                after->m[r][c] = sum;
            }
        }
        return;
    }
    V c, s;
    SYMBOL(turn_angle)(factor, angles, stride, &c, &s);
    int a = factor->axis, b = (a + 1) % 3, d = (a + 2) % 3;
    for (int k = 0; k < 4; k++) {
        V vb = before->m[b][k], vd = before->m[d][k];
        after->m[a][k] = before->m[a][k];
        after->m[b][k] = c * vb - s * vd;
        after->m[d][k] = s * vb + c * vd;
    }
}

// The matrices behind 0, 1, ..., all factors; `chain` has room for one more than there are factors.
INLINE void SYMBOL(chain)(const qmtl_transfer_factor *factors, int count, const REAL *angles, size_t stride,
                          AFFINE *chain) {
    for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 4; c++) chain[0].m[r][c] = SYMBOL(splat)(c == r + 1);
    }
    for (int f = 0; f < count; f++) SYMBOL(follow)(factors + f, angles, stride, chain + f, chain + f + 1);
}

// The factors' gradients, for the gradient of their product `slope`.
INLINE void SYMBOL(chain_gradients)(const qmtl_transfer_factor *factors, int count, const REAL *angles, size_t stride,
                                    const AFFINE *chain, AFFINE *slope, REAL *gradients) {
    for (int f = count - 1; f >= 0; f--) {
        const qmtl_transfer_factor *factor = factors + f;
        if (factor->axis < 0) {
            AFFINE image = *slope;
            for (int k = 0; k < 3; k++) {
                for (int c = 0; c < 4; c++) {
                    V sum = {0};
                    for (int r = 0; r < 3; r++) sum += (REAL)factor->matrix[4 * (r + 1) + k + 1] * image.m[r][c];
                    slope->m[k][c] = sum;
                }
            }
            continue;
        }
        V c, s, sum = {0};
        SYMBOL(turn_angle)(factor, angles, stride, &c, &s);
        int b = (factor->axis + 1) % 3, d = (factor->axis + 2) % 3;
        const AFFINE *after = chain + f + 1;
        for (int k = 0; k < 4; k++) sum += slope->m[d][k] * after->m[b][k] - slope->m[b][k] * after->m[d][k];
        *(V *)(gradients + factor->slot * stride) += sum * (REAL)factor->sign;
        for (int k = 0; k < 4; k++) {
            V vb = slope->m[b][k], vd = slope->m[d][k];
            slope->m[b][k] = c * vb + s * vd;
            slope->m[d][k] = c * vd - s * vb;
        }
    }
}
