OPENQASM 3.0;
include "stdgates.inc";
input float[64] a;
input float[64] _θ_0_;
input float[64] _θ_1_;
gate sxdg _gate_q_0 {
  s _gate_q_0;
  h _gate_q_0;
  s _gate_q_0;
}
gate ryy(p0) _gate_q_0, _gate_q_1 {
  sxdg _gate_q_0;
  sxdg _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  rz(p0) _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  sx _gate_q_0;
  sx _gate_q_1;
}
qubit[3] q;
x q[0];
U((-0.6133884082193948)*_θ_1_, _θ_0_, _θ_0_ + a/2 - 0.39674950138447596) q[1];
rz(a**2) q[1];
cx q[1], q[0];
ryy(a) q[1], q[2];
ry(2.372358074590803 + _θ_0_ + a/2) q[2];
sx q[1];
cp(a**2) q[0], q[2];
cswap q[1], q[2], q[0];
U((-2.714783929798985)*_θ_1_, atan(_θ_0_)/3, 3.0730751002338375 + _θ_0_ + a/2) q[2];
cswap q[0], q[2], q[1];
ry(0.22871410608017317) q[0];
sdg q[0];
rz(a**2) q[1];
cx q[1], q[2];
cu(atan(_θ_0_)/3, a**2, 2.557013752954216, exp(0.3*a)) q[2], q[0];
cu(a**2, _θ_0_, a + cos(_θ_1_), 3.012296771332644*_θ_1_) q[2], q[1];
