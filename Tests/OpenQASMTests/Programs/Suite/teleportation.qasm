// expect: line 12, column 1: 'if' is not supported
OPENQASM 3;
include "stdgates.inc";
qubit[3] q;
bit c0;
bit c1;
h q[1]; cx q[1], q[2];
cx q[0], q[1];
h q[0];
c0 = measure q[0];
c1 = measure q[1];
if (c0) z q[2];
if (c1) x q[2];
