// expect: line 6, column 1: a gate on qubit 0 after its measurement is not supported
OPENQASM 3.0;
include "stdgates.inc";
qubit q; bit c;
c = measure q;
h q;
