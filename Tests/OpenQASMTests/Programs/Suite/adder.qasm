// expect: gates 64
// A ripple-carry adder of two bits: four Toffoli gates of 13 gates each, nine controlled X, three X.
OPENQASM 3;
include "stdgates.inc";
gate majority a, b, c { cx c, b; cx c, a; ccx a, b, c; }
gate unmajority a, b, c { ccx a, b, c; cx c, a; cx a, b; }
qubit cin;
qubit[2] a;
qubit[2] b;
qubit cout;
bit[3] answer;
reset cin;
reset a; reset b; reset cout;
x a[0];
x b;
majority cin, b[0], a[0];
majority a[0], b[1], a[1];
cx a[1], cout;
unmajority a[0], b[1], a[1];
unmajority cin, b[0], a[0];
answer[0:1] = measure b[0:1];
answer[2] = measure cout;
