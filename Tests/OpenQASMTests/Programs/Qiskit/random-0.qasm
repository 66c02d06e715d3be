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
gate xx_plus_yy(p0, p1) _gate_q_0, _gate_q_1 {
  rz(p1) _gate_q_0;
  sdg _gate_q_1;
  sx _gate_q_1;
  s _gate_q_1;
  s _gate_q_0;
  cx _gate_q_1, _gate_q_0;
  ry((-0.5)*p0) _gate_q_1;
  ry((-0.5)*p0) _gate_q_0;
  cx _gate_q_1, _gate_q_0;
  sdg _gate_q_0;
  sdg _gate_q_1;
  sxdg _gate_q_1;
  s _gate_q_1;
  rz(-p1) _gate_q_0;
}
gate ecr _gate_q_0, _gate_q_1 {
  s _gate_q_0;
  sx _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  x _gate_q_0;
}
qubit[5] q;
h q[2];
cu(1.8359724878719872*sin(_θ_0_), 0.34899993172338295*sin(_θ_0_), atan(_θ_0_)/3, 3.9780919986388152 + _θ_0_ + a/2) q[4], q[1];
sxdg q[0];
cp(-3.0057337880034884) q[2], q[4];
xx_plus_yy(_θ_1_*a, 0.3) q[4], q[3];
ecr q[1], q[0];
cz q[2], q[0];
rz(0.5722386458380875*_θ_1_) q[4];
swap q[2], q[0];
h q[3];
U(3.0118738464856305, -1.311063515634717, a + cos(_θ_1_)) q[2];
U((-3.583829591484723)*sin(_θ_0_), 2.4118956439259573 + _θ_0_ + a/2, (-3.273975635047025)*sin(_θ_0_)) q[2];
xx_plus_yy(a**2, 0.3) q[3], q[0];
cu(3.4172364245429394*sin(_θ_0_), _θ_1_*a, atan(_θ_0_)/3, atan(_θ_0_)/3) q[2], q[1];
rx(_θ_1_*a) q[3];
U(a**2, a**2, exp(0.3*a)) q[0];
rz(atan(_θ_0_)/3) q[4];
