// Programs in layers: on each qubit at most one rotation, between layers of controlled Z. Included by tile_loops.h, once
// for each precision and instruction set.
//
// A rotation is RZ(a) RY(b) RZ(c). The turns about Z of two layers and the controlled Z between them are one diagonal,
// which is multiplied with the state once for all qubits. What is left of a rotation is real, and without its cosine,
// which goes into the diagonal as well, it takes four multiply-adds for a pair of amplitudes in place of sixteen.
//
// That needs tangents of at most 1. Where |b| is above pi/2, RY(b) = X Z RY(b - pi) up to a sign: Z goes into the
// diagonal, and X stays in front of the state, a lane's own. It turns b and the turns about Z of that qubit around, and
// behind a controlled Z it leaves a Z on the other qubit. A lane's state is then X^f times what is stored. The last
// rotation on every qubit that is read takes X in, and is done as a whole.

// A rotation in a layer: as a turn or as a whole. `phase` is what the turn leaves for the next diagonal, exp(i angle) for
// the qubit's 1, and `sign` is -1 where the qubit stays flipped.
typedef union {
    struct {
        V tangent, cosine, sign, phase_real, phase_imaginary;
    } turn;
    SU2 whole;
} SYMBOL(prepared);
#define PREPARED SYMBOL(prepared)

typedef __typeof__((V){0} < (V){0}) SYMBOL(lanes);

INLINE V SYMBOL(select)(SYMBOL(lanes) where, V a, V b) {
    return (V)(((SYMBOL(lanes))a & where) | ((SYMBOL(lanes))b & ~where));
}

// Splits a rotation behind a qubit that is flipped where *sign is -1. Multiplies *real + i *imaginary, the diagonal in
// front, by its first turn about Z.
INLINE void SYMBOL(split_rotation)(SU2 u, V *sign, V *real, V *imaginary, PREPARED *prepared) {
    V na = u.ar * u.ar + u.ai * u.ai, nb = u.br * u.br + u.bi * u.bi;
    V one = SYMBOL(splat)(1), zero = {0}, least = SYMBOL(splat)((REAL)1e-30);
    V ra = one / __builtin_elementwise_sqrt(__builtin_elementwise_max(na, least));
    V rb = one / __builtin_elementwise_sqrt(__builtin_elementwise_max(nb, least));
    // Where a number vanishes its phase does not matter.
    V ar = SYMBOL(select)(na > least, u.ar * ra, one), ai = SYMBOL(select)(na > least, u.ai * ra, zero);
    V br = SYMBOL(select)(nb > least, u.br * rb, one), bi = SYMBOL(select)(nb > least, u.bi * rb, zero);
    V cr = br * ar - bi * ai, ci = -(br * ai + bi * ar);  // exp(ic) = conj(a b)
    V er = br * ar + bi * ai, ei = bi * ar - br * ai;     // exp(ia) = b conj(a)
    SYMBOL(lanes) flips = nb > na;
    V s = *sign;
    ci *= s;
    V r = *real, m = *imaginary;
    *real = r * cr - m * ci;
    *imaginary = r * ci + m * cr;
    V a = na * ra, b = nb * rb;
    V turned = SYMBOL(select)(flips, -s, s);
    V flipped = SYMBOL(select)(flips, -one, one);
    prepared->turn.tangent = SYMBOL(select)(flips, -s * a * rb, s * b * ra);
    prepared->turn.cosine = SYMBOL(select)(flips, b, a);
    prepared->turn.sign = turned;
    prepared->turn.phase_real = er * flipped;
    prepared->turn.phase_imaginary = ei * flipped * turned;
    *sign = turned;
}

// Vectors of a layer's diagonal: a phase for each qubit's 1, and the cosines of the layer before.
#define DIAGONAL_SIZE (2 * (size_t)program->qubits + 1)

// All rotations and diagonals of a program, from its angles.
static void SYMBOL(prepare_layers)(const qmtl_program *program, const REAL *angles, size_t stride,
                                   PREPARED *prepared, V *diagonals) {
    int qubits = program->qubits;
    V one = SYMBOL(splat)(1), zero = {0}, scale = one;
    V sign[QMTL_TILE_QUBITS], real[QMTL_TILE_QUBITS], imaginary[QMTL_TILE_QUBITS];
    for (int q = 0; q < qubits; q++) sign[q] = real[q] = one, imaginary[q] = zero;
    for (int l = 0; l < program->layer_count; l++, diagonals += DIAGONAL_SIZE) {
        const qmtl_layer *layer = program->layers + l;
        if (layer->signs >= 0) {
            const uint8_t *signs = program->signs + ((size_t)layer->signs << qubits);
            for (int q = 0; q < qubits; q++) {
                for (int r = 0; r < q; r++) {
                    if (!signs[(size_t)1 << q | (size_t)1 << r]) continue;
                    real[q] *= sign[r], imaginary[q] *= sign[r];
                    real[r] *= sign[q], imaginary[r] *= sign[q];
                }
            }
        }
        for (int q = 0; q < qubits; q++) {
            diagonals[2 * q] = real[q], diagonals[2 * q + 1] = imaginary[q];
            real[q] = one, imaginary[q] = zero;
        }
        diagonals[2 * qubits] = scale;
        scale = one;
        for (int k = 0; k < layer->turn_count + layer->whole_count; k++) {
            const qmtl_operation *operation = program->operations + layer->first + k;
            PREPARED *rotation = prepared + layer->first + k;
            int q = operation->qubit;
            SU2 u = SYMBOL(fused)(program, operation, angles, stride);
            if (k < layer->turn_count) {
                SYMBOL(split_rotation)(u, sign + q, diagonals + 2 * q, diagonals + 2 * q + 1, rotation);
                real[q] = rotation->turn.phase_real, imaginary[q] = rotation->turn.phase_imaginary;
                scale *= rotation->turn.cosine;
            } else {
                SYMBOL(lanes) flipped = sign[q] < zero;  // u iX in place of u
                rotation->whole = (SU2){SYMBOL(select)(flipped, -u.bi, u.ar), SYMBOL(select)(flipped, -u.br, u.ai),
                                        SYMBOL(select)(flipped, u.ai, u.br), SYMBOL(select)(flipped, u.ar, u.bi)};
                sign[q] = one;
            }
        }
    }
}

// A layer's diagonal, or its inverse times the square of its scale.
static void SYMBOL(build_diagonal)(const qmtl_program *program, int layer, const V *diagonals, int inverse,
                                   V *diagonal) {
    int qubits = program->qubits, row = program->layers[layer].signs;
    const uint8_t *signs = row >= 0 ? program->signs + ((size_t)row << qubits) : 0;
    diagonals += layer * DIAGONAL_SIZE;
    diagonal[0] = diagonals[2 * qubits];
    diagonal[1] = (V){0};
    for (int q = 0; q < qubits; q++) {
        size_t half = (size_t)1 << q;
        V real = diagonals[2 * q], imaginary = inverse ? -diagonals[2 * q + 1] : diagonals[2 * q + 1];
        V phases[2][2] = {{real, imaginary}, {-real, -imaginary}};
        for (size_t i = 0; i < half; i++) {
            const V *phase = phases[signs ? signs[half + i] ^ signs[i] : 0];
            V r = diagonal[2 * i], m = diagonal[2 * i + 1];
            diagonal[2 * (half + i)] = phase[0] * r - phase[1] * m;
            diagonal[2 * (half + i) + 1] = phase[0] * m + phase[1] * r;
        }
    }
}

// The qubits whose turns are done block by block: amplitudes of a block of state, dual and diagonal stay in the nearest
// cache from one pass to the next.
#define BLOCK_QUBITS 6

// The passes of a layer.
typedef struct {
    int count;
    int near;  // the first, whose qubits lie within a block
    PASS passes[QMTL_TILE_QUBITS / 2];
} SYMBOL(passes);
#define PASSES SYMBOL(passes)

INLINE PASSES SYMBOL(layer_passes)(const qmtl_program *program, const qmtl_layer *layer, const PREPARED *prepared,
                                   int inverse) {
    PASSES passes = {.count = (layer->turn_count + 1) / 2, .near = 0};
    for (int k = 0; k < layer->turn_count; k++) {
        PASS *pass = passes.passes + k / 2;
        V tangent = prepared[layer->first + k].turn.tangent;
        pass->count = k % 2 + 1;
        pass->qubits[k % 2] = program->operations[layer->first + k].qubit;
        pass->tangents[k % 2] = inverse ? -tangent : tangent;
        if (k % 2 == 0) pass->qubits[1] = pass->qubits[0];
    }
    while (passes.near < passes.count
           && passes.passes[passes.near].qubits[1] < BLOCK_QUBITS) passes.near++;
    return passes;
}

// Runs a statement for every pass `k` on amplitudes `first` up to `last`.
#define EACH_PASS(list)                                                                                           \
    for (size_t block = dimension < (size_t)1 << BLOCK_QUBITS ? dimension : (size_t)1 << BLOCK_QUBITS, first = 0, \
                last = (list).near ? block : dimension;                                                          \
         first < dimension; first = last, last += block)                                                         \
        for (int k = 0; k < (list).near; k++)

static void SYMBOL(forward_layers)(const qmtl_program *program, const REAL *angles, size_t stride, V *scratch,
                                   V *state) {
    size_t dimension = (size_t)1 << program->qubits;
    V *diagonal = scratch, *diagonals = scratch + 2 * dimension;
    PREPARED *prepared = (PREPARED *)(diagonals + program->layer_count * DIAGONAL_SIZE);
    SYMBOL(prepare_layers)(program, angles, stride, prepared, diagonals);
    for (int l = 0; l < program->layer_count; l++) {
        const qmtl_layer *layer = program->layers + l;
        SYMBOL(build_diagonal)(program, l, diagonals, 0, diagonal);
        PASSES list = SYMBOL(layer_passes)(program, layer, prepared, 0);
        if (list.count == 0) SYMBOL(multiply_diagonal)(state, dimension, diagonal);
        EACH_PASS(list) SYMBOL(turn_state)(state, first, last, list.passes + k, k == 0 ? diagonal : 0);
        for (int k = list.near; k < list.count; k++) {
            SYMBOL(turn_state)(state, 0, dimension, list.passes + k, k == 0 ? diagonal : 0);
        }
        for (int k = layer->first + layer->turn_count, end = k + layer->whole_count; k < end; k++) {
            SYMBOL(rotate_pairs)(state, 0, dimension / 2, program->operations[k].qubit, prepared[k].whole);
        }
    }
}

// The gradients of a layer's turns from the overlaps of its passes.
static void SYMBOL(turn_gradients)(const qmtl_program *program, const qmtl_layer *layer, const PREPARED *prepared,
                                   const REAL *angles, size_t stride, const OVERLAPS *overlaps, REAL *gradients) {
    // The inverse diagonal made state and dual smaller by the cosines of all turns, each of which a turn gives back.
    V scale = SYMBOL(splat)(1);
    for (int k = 0; k < layer->turn_count; k++) {
        V cosine = prepared[layer->first + k].turn.cosine;
        scale *= cosine * cosine;
    }
    V weight = 1 / scale;
    for (int pass = 0; 2 * pass < layer->turn_count; pass++) {
        V done = SYMBOL(splat)(1);
        for (int bit = 0; bit < 2 && 2 * pass + bit < layer->turn_count; bit++) {
            int index = layer->first + 2 * pass + bit;
            const PREPARED *rotation = prepared + index;
            V x = overlaps[pass].x[bit] * weight, y = overlaps[pass].y[bit] * weight;
            V z = (bit ? overlaps[pass].same + overlaps[pass].apart : overlaps[pass].same - overlaps[pass].apart);
            V real = rotation->turn.phase_real, imaginary = rotation->turn.phase_imaginary;
            // Back to the qubit as it is, behind the turn about Z that the diagonal undid.
            V projections[3] = {
                real * x - imaginary * y,
                rotation->turn.sign * (real * y + imaginary * x),
                rotation->turn.sign * (z * weight),
            };
            SYMBOL(factor_gradients)(program, program->operations + index, angles, stride, projections, gradients);
            done *= rotation->turn.cosine * rotation->turn.cosine;
        }
        weight *= done;
    }
}
