// Random numbers that are a function of their place: Philox4x32-10, word for word those of the Swift `Philox`.
// Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).

static uint4 philox(uint4 counter, uint2 key) {
    for (int round = 0; round < 10; round++) {
        if (round > 0) key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
        uint high_0 = mul_hi(counter.x, 0xD2511F53u), low_0 = counter.x * 0xD2511F53u;
        uint high_2 = mul_hi(counter.z, 0xCD9E8D57u), low_2 = counter.z * 0xCD9E8D57u;
        counter = (uint4)(high_2 ^ counter.y ^ key.x, low_2, high_0 ^ counter.w ^ key.y, low_0);
    }
    return counter;
}

// The first `count` blocks of four words of the stream that a seed (in two halves), a purpose and an index name.
__kernel void random_words(int seed_low, int seed_high, int purpose, int index, int count, __global uint4 *blocks) {
    uint block = get_global_id(0);
    if (block >= (uint)count) return;
    blocks[block] = philox((uint4)(block, 0, purpose, index), (uint2)(seed_low, seed_high));
}
