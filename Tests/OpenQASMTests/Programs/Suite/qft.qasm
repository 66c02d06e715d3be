// expect: gates 34
// Three Hadamards, three controlled phases of 5 gates each, a swap of 3, and a phase with two controls of 13.
OPENQASM 3.0;
include "stdgates.inc";
gate cr(k) c, t { cp(pi/2**k) c, t; }
qubit[4] q;
h q[3];
cr(1) q[2], q[3]; cr(2) q[1], q[3];
h q[2];
cr(1) q[1], q[2];
h q[1];
swap q[1], q[3];
ctrl @ ctrl @ phase(pi/8) q[0], q[1], q[2];
