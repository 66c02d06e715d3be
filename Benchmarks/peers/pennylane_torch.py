"""PennyLane's default.qubit with torch backprop, samples by parameter broadcasting; it computes in complex128.

  pl_torch          one circuit per task, each with the encoding: the usual style
  pl_torch_shared   encoded once; all tasks in one call that starts from the encoded states
"""
import pennylane
import torch

import workload


def build(cfg, inputs, threads, shared):
    torch.set_num_threads(threads)
    device = pennylane.device("default.qubit", wires=cfg.n)
    arguments = {
        group: torch.tensor(inputs[group], dtype=torch.float32, requires_grad=True) for group in workload.GROUPS}
    y = torch.tensor(inputs["y"], dtype=torch.float32)

    def encoding(x, phi, theta):
        for l in range(cfg.L):
            for i in range(cfg.n):
                pennylane.RY(x[l * cfg.n + i], wires=i)
                pennylane.RZ(phi[l, i], wires=i)
                pennylane.RY(theta[l, i], wires=i)
            for pair in workload.brickwork(cfg.n):
                pennylane.CZ(wires=pair)

    def block(a, b, c):
        for k in range(cfg.m):
            for j in range(cfg.q):
                pennylane.RY(a[k, j], wires=j)
                pennylane.RZ(b[k, j], wires=j)
            for pair in workload.chain(cfg.q):
                pennylane.CZ(wires=pair)
        for j in range(cfg.q):
            pennylane.RY(c[j], wires=j)

    @pennylane.qnode(device, interface="torch", diff_method="backprop")
    def whole(x, phi, theta, a, b, c):
        encoding(x.T, phi, theta)
        block(a, b, c)
        return pennylane.expval(pennylane.Z(0))

    @pennylane.qnode(device, interface="torch", diff_method="backprop")
    def encoded(x, phi, theta):
        encoding(x.T, phi, theta)
        return pennylane.state()

    @pennylane.qnode(device, interface="torch", diff_method="backprop")
    def continued(state, a, b, c):
        pennylane.StatePrep(state, wires=range(cfg.n), validate_norm=False)
        block(a, b, c)
        return pennylane.expval(pennylane.Z(0))

    def expectations(x, phi, theta, a, b, c):
        if not shared:
            return torch.stack([whole(x, phi, theta, a[t], b[t], c[t]) for t in range(cfg.T)], 1)

        def per_sample(values):  # the broadcast axis comes last and is task-major
            return torch.movedim(values, 0, -1).repeat_interleave(cfg.B, -1)
        states = encoded(x, phi, theta).repeat(cfg.T, 1)
        return continued(states, per_sample(a), per_sample(b), per_sample(c)).reshape(cfg.T, cfg.B).T

    def step():
        E = expectations(*arguments.values())
        p = torch.clamp((1 + E) / 2, workload.EPSILON, 1 - workload.EPSILON)
        loss = torch.mean(-(y * torch.log(p) + (1 - y) * torch.log(1 - p)))
        return loss.detach(), dict(zip(workload.GROUPS, torch.autograd.grad(loss, list(arguments.values()))))
    return step
