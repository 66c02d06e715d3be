// expect: gates 15
OPENQASM 3.0;
include "stdgates.inc";
input angle[32] theta;
input float scale;
qubit[3] q;
let ends = q[0:2:2];
gate layer(a, s) p { ry(a) p; rz(s*a) p; }
layer(theta, scale) q;
cz q[0], q[1]; cz q[1], q[2];
layer(theta/2, sin(scale)) ends;
inv @ layer(theta, -scale) q[1];
pow(1) @ rx(theta + pi) q[1];
barrier q;
