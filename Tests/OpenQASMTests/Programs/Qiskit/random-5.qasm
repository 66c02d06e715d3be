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
gate rzx(p0) _gate_q_0, _gate_q_1 {
  h _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  rz(p0) _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  h _gate_q_1;
}
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
gate ccz _gate_q_0, _gate_q_1, _gate_q_2 {
  h _gate_q_2;
  ccx _gate_q_0, _gate_q_1, _gate_q_2;
  h _gate_q_2;
}
qubit[4] q;
cu(atan(_θ_0_)/3, -0.9330489537158542, a, -3.6099383141826555) q[2], q[0];
dcx q[3], q[2];
rz(a) q[2];
cx q[2], q[1];
dcx q[2], q[3];
s q[3];
cy q[1], q[2];
cx q[3], q[2];
sdg q[3];
U((-1.4004588433951515)*_θ_1_, a**2, (-2.8076913317315535)*_θ_1_) q[1];
p(-2.1158683415506285) q[3];
cu(_θ_1_*a, a**2, 3.4657912018034693, a + cos(_θ_1_)) q[3], q[1];
p(_θ_0_) q[1];
ecr q[3], q[1];
rzx(_θ_0_) q[1], q[0];
rz((-0.9878997952984623)*sin(_θ_0_)) q[3];
cx q[3], q[1];
ry(a + cos(_θ_1_)) q[3];
rz(exp(0.3*a)) q[3];
swap q[2], q[0];
ryy(0.7901940160589485 + _θ_0_ + a/2) q[3], q[2];
dcx q[1], q[0];
ccz q[3], q[0], q[2];
