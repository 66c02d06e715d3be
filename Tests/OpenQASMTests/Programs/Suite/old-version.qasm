// expect: OpenQASM 2 is not supported
OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
