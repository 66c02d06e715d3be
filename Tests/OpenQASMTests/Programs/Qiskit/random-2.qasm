OPENQASM 3.0;
include "stdgates.inc";
input float[64] a;
input float[64] _θ_0_;
input float[64] _θ_1_;
gate dcx _gate_q_0, _gate_q_1 {
  cx _gate_q_0, _gate_q_1;
  cx _gate_q_1, _gate_q_0;
}
gate ecr _gate_q_0, _gate_q_1 {
  s _gate_q_0;
  sx _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  x _gate_q_0;
}
qubit[5] q;
crx(a**2) q[0], q[1];
t q[2];
cu(a**2, _θ_0_ + a/2 - 1.354378388596162, _θ_0_, 3.739487619949413*sin(_θ_0_)) q[0], q[1];
ry(0.08852778855661647*_θ_1_) q[1];
ry(_θ_0_) q[4];
rx(_θ_1_*a) q[3];
dcx q[4], q[3];
cp(a + cos(_θ_1_)) q[3], q[4];
ecr q[2], q[4];
sdg q[0];
