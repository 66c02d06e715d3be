// expect: gates 31
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] counting;
qubit target;
x target;
h counting;
for int i in [0:1] { ctrl @ pow(2**i) @ phase(2*pi*3/8) counting[i], target; }
h counting[1];
inv @ cp(pi/2) counting[0], counting[1];
h counting[0];
negctrl @ z counting[0], target;
ch counting[0], counting[1];
