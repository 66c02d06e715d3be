// expect: 'def' is not supported; define a gate instead
OPENQASM 3.0;
include "stdgates.inc";
def parity(bit[4] c) -> bit { return c[0] ^ c[1]; }
