// expect: line 5, column 7: the number '100ns' is not supported; durations
OPENQASM 3.0;
include "stdgates.inc";
qubit q;
delay[100ns] q;
