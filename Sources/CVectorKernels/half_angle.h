// Cosine and sine of half an angle for a vector of floats: reduction by multiples of pi/2 in three parts (Cody and
// Waite), then the minimax polynomials of Cephes' sinf and cosf. Error below 2 units in the last place for |a| < 10,000.
// The including file defines WIDTH and SYMBOL(name).

typedef float SYMBOL(angle) __attribute__((vector_size(WIDTH * sizeof(float))));
typedef int32_t SYMBOL(quadrant) __attribute__((vector_size(WIDTH * sizeof(float))));

static inline __attribute__((always_inline)) void SYMBOL(half_angle)(SYMBOL(angle) a, SYMBOL(angle) *cosine,
                                                                     SYMBOL(angle) *sine) {
    typedef SYMBOL(angle) F;
    typedef SYMBOL(quadrant) I;
    F x = a * 0.5f;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest integer, whose low bits are then those of the sum.
    F shifted = x * 0.636619772367581f + 12582912.0f;
    I quadrant = (I)shifted;
    F n = shifted - 12582912.0f;
    F r = ((x - n * 1.5703125f) - n * 4.8375129699707031e-4f) - n * 7.5497899548918e-8f;
    F r2 = r * r;
    F s = ((-1.9515295891e-4f * r2 + 8.3321608736e-3f) * r2 - 1.6666654611e-1f) * r2 * r + r;
    F c = ((2.443315711809948e-5f * r2 - 1.388731625493765e-3f) * r2 + 4.166664568298827e-2f) * r2 * r2
        - 0.5f * r2 + 1.0f;
    I swapped = (quadrant & 1) != 0;
    I si = (((I)c & swapped) | ((I)s & ~swapped)) ^ ((quadrant & 2) << 30);
    I ci = (((I)s & swapped) | ((I)c & ~swapped)) ^ (((quadrant + 1) & 2) << 30);
    *sine = (F)si;
    *cosine = (F)ci;
}
