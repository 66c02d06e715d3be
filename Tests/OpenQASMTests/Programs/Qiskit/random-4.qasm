OPENQASM 3.0;
include "stdgates.inc";
input float[64] a;
input float[64] _θ_0_;
input float[64] _θ_1_;
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
gate cs _gate_q_0, _gate_q_1 {
  t _gate_q_0;
  cx _gate_q_0, _gate_q_1;
  tdg _gate_q_1;
  cx _gate_q_0, _gate_q_1;
  t _gate_q_1;
}
gate csx _gate_q_0, _gate_q_1 {
  h _gate_q_1;
  cs _gate_q_0, _gate_q_1;
  h _gate_q_1;
}
gate ccrx(_gate_p_0) _gate_q_0, _gate_q_1, _gate_q_2 {
  cu(0.35, -pi/2, pi/2, 0) _gate_q_1, _gate_q_2;
  cx _gate_q_1, _gate_q_0;
  cu(-0.35, -pi/2, pi/2, 0) _gate_q_0, _gate_q_2;
  cx _gate_q_1, _gate_q_0;
  cu(0.35, -pi/2, pi/2, 0) _gate_q_0, _gate_q_2;
}
gate ccrx_o1(_gate_p_0) _gate_q_0, _gate_q_1, _gate_q_2 {
  x _gate_q_1;
  ccrx(0.7) _gate_q_0, _gate_q_1, _gate_q_2;
  x _gate_q_1;
}
qubit[4] q;
p(0.858846655960237) q[2];
rz(a + cos(_θ_1_)) q[1];
rzx(_θ_0_ + a/2 - 2.3115737403546355) q[0], q[3];
swap q[2], q[3];
cu(a, _θ_0_ + a/2 - 1.6389179645179404, atan(_θ_0_)/3, _θ_1_*a) q[2], q[0];
rz(_θ_1_*a) q[0];
cx q[0], q[3];
cu(a + cos(_θ_1_), atan(_θ_0_)/3, atan(_θ_0_)/3, atan(_θ_0_)/3) q[3], q[2];
crz(_θ_0_) q[2], q[0];
rz(_θ_1_*a) q[0];
U(a, a + cos(_θ_1_), a) q[1];
ch q[2], q[1];
U((-0.9910094945674581)*_θ_1_, 3.779517341690047*_θ_1_, (-0.5643209366181301)*sin(_θ_0_)) q[1];
rz(a + cos(_θ_1_)) q[1];
cx q[1], q[0];
rz(a) q[0];
cx q[0], q[2];
p(atan(_θ_0_)/3) q[0];
U((-2.099961459009302)*sin(_θ_0_), a, 1.6006985641825073) q[1];
h q[2];
ryy(1.072692210870155*_θ_1_) q[3], q[0];
cy q[2], q[0];
csx q[3], q[1];
ccrx_o1(0.7) q[3], q[2], q[0];
cu(0.7797267280225384, atan(_θ_0_)/3, (-3.252139492394705)*sin(_θ_0_), a) q[2], q[0];
ccx q[1], q[0], q[2];
