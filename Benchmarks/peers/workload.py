"""The job: one training step of a multi-task head, value and all gradients.

This file defines it: configurations, seeded inputs, and `reference`, a plain numpy float64
implementation (adjoint differentiation) that every peer is checked against.

Circuit, for sample s and task t, from |0...0> on n qubits:

    for l in 0..L-1:                                  (L = d / n encoding stages)
        RY(x[s, l n + i]), RZ(phi[l, i]), RY(theta[l, i])   on every qubit i
        CZ(i, i+1) for even i, then for odd i               (open line)
    for k in 0..m-1:                                  (task block, on qubits 0..q-1)
        RY(a[t, k, j]), RZ(b[t, k, j])                      on every qubit j < q
        CZ(j, j+1) for j < q - 1
    RY(c[t, j]) on every qubit j < q
    E[s, t] = <Z_0>

Rotations are exp(-i angle P / 2). The loss is the mean over (s, t) of the binary cross-entropy of
p = (1 + E) / 2, clipped to [1e-6, 1 - 1e-6]. A step is the loss and its gradients by x, phi, theta, a, b, c.

    python workload.py n8_T64 inputs.npz      # writes the inputs, for other programs
"""
import sys
from dataclasses import dataclass

import numpy as np

EPSILON = 1e-6
GROUPS = ("x", "phi", "theta", "a", "b", "c")


@dataclass(frozen=True)
class Configuration:
    name: str
    n: int  # qubits
    d: int  # features of a sample
    q: int  # qubits of a task's register
    m: int  # layers of a task block
    B: int  # samples
    T: int  # tasks

    @property
    def L(self):
        return self.d // self.n


CONFIGURATIONS = {c.name: c for c in [
    Configuration("small", 4, 16, 2, 1, 32, 3),
    Configuration("n8_T1", 8, 64, 4, 2, 64, 1),
    Configuration("n8_T4", 8, 64, 4, 2, 64, 4),
    Configuration("n8_T16", 8, 64, 4, 2, 64, 16),
    Configuration("n8_T64", 8, 64, 4, 2, 64, 64),
    Configuration("n8_T256", 8, 64, 4, 2, 64, 256),
    Configuration("n12_T16", 12, 48, 4, 2, 32, 16),
    Configuration("n16_T8", 16, 48, 4, 2, 8, 8),
]}


def make_inputs(cfg, seed=20240607):
    """float64 arrays by name; peers cast them to their own precision."""
    random = np.random.default_rng([seed, cfg.n, cfg.d, cfg.q, cfg.m, cfg.B, cfg.T])

    def angles(*shape):
        return random.uniform(-np.pi / 2, np.pi / 2, shape)

    return dict(
        x=angles(cfg.B, cfg.d), phi=angles(cfg.L, cfg.n), theta=angles(cfg.L, cfg.n),
        a=angles(cfg.T, cfg.m, cfg.q), b=angles(cfg.T, cfg.m, cfg.q), c=angles(cfg.T, cfg.q),
        y=random.integers(0, 2, (cfg.B, cfg.T)).astype(np.float64))


def brickwork(n):
    return [(i, i + 1) for i in range(0, n - 1, 2)] + [(i, i + 1) for i in range(1, n - 1, 2)]


def chain(q):
    return [(j, j + 1) for j in range(q - 1)]


def cz_signs(n, pairs):
    """The diagonal of a product of CZ gates; qubit 0 is the most significant bit."""
    index = np.arange(2 ** n)
    signs = np.ones(2 ** n)
    for i, j in pairs:
        signs *= 1 - 2 * ((index >> (n - 1 - i)) & (index >> (n - 1 - j)) & 1)
    return signs


def light_cone(cfg):
    """What <Z_0> depends on: register qubits, and qubits at each encoding stage."""
    q = min(cfg.q, cfg.m + 1)
    live, needed = [0] * cfg.L, q
    for stage in reversed(range(cfg.L)):
        for i, j in reversed(brickwork(cfg.n)):
            if i < needed <= j:
                needed = j + 1
        live[stage] = needed
    return q, live


def reference(cfg, inputs):
    """(loss, E, gradients by group) in float64."""
    encoding = _encoding(cfg, inputs)
    blocks = [_block(cfg, inputs, t) for t in range(cfg.T)]
    z0 = np.where(np.arange(2 ** cfg.n) < 2 ** (cfg.n - 1), 1.0, -1.0)
    encoded = np.zeros((cfg.B, 2 ** cfg.n), complex)
    encoded[:, 0] = 1
    for gate in encoding:
        encoded = _apply(gate, cfg.n, encoded)

    gradients = {group: np.zeros_like(inputs[group]) for group in GROUPS}
    E = np.empty((cfg.B, cfg.T))
    dual = 0
    for t, block in enumerate(blocks):
        state = encoded
        for gate in block:
            state = _apply(gate, cfg.n, state)
        E[:, t] = (np.abs(state) ** 2) @ z0
        weight = _loss_slope(E[:, t], inputs["y"][:, t]) / E.size
        dual = dual + _sweep_back(cfg, block, state, weight[:, None] * z0 * state, gradients)
    _sweep_back(cfg, encoding, encoded, dual, gradients)

    p = np.clip((1 + E) / 2, EPSILON, 1 - EPSILON)
    y = inputs["y"]
    loss = float(np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p))))
    return loss, E, gradients


def _loss_slope(E, y):
    unclipped = (1 + E) / 2
    p = np.clip(unclipped, EPSILON, 1 - EPSILON)
    return np.where(p == unclipped, -(y / p - (1 - y) / (1 - p)) / 2, 0.0)


# A gate is (kind, qubit or pair of qubits, angle, (group, index) of its gradient).

def _encoding(cfg, inputs):
    gates = []
    for l in range(cfg.L):
        for i in range(cfg.n):
            f = l * cfg.n + i
            gates += [("Y", i, inputs["x"][:, f], ("x", (slice(None), f))),
                      ("Z", i, inputs["phi"][l, i], ("phi", (l, i))),
                      ("Y", i, inputs["theta"][l, i], ("theta", (l, i)))]
        gates += [("CZ", pair, None, None) for pair in brickwork(cfg.n)]
    return gates


def _block(cfg, inputs, t):
    gates = []
    for k in range(cfg.m):
        for j in range(cfg.q):
            gates += [("Y", j, inputs["a"][t, k, j], ("a", (t, k, j))),
                      ("Z", j, inputs["b"][t, k, j], ("b", (t, k, j)))]
        gates += [("CZ", pair, None, None) for pair in chain(cfg.q)]
    return gates + [("Y", j, inputs["c"][t, j], ("c", (t, j))) for j in range(cfg.q)]


def _pauli(kind, n, qubit, state):
    halves = state.reshape(len(state), 2 ** qubit, 2, -1)
    zero, one = halves[:, :, 0], halves[:, :, 1]
    pair = (-1j * one, 1j * zero) if kind == "Y" else (zero, -one)
    return np.stack(pair, 2).reshape(state.shape)


def _apply(gate, n, state, direction=1):
    kind, where, angle, _ = gate
    if kind == "CZ":
        return state * cz_signs(n, [where])
    half = np.reshape(direction * np.asarray(angle) / 2, (-1, 1))
    return np.cos(half) * state - 1j * np.sin(half) * _pauli(kind, n, where, state)


def _sweep_back(cfg, gates, state, dual, gradients):
    """Takes state and dual back through the gates, adds to the gradients, returns the dual."""
    for gate in reversed(gates):
        kind, where, angle, key = gate
        if kind != "CZ":
            slope = np.sum(np.conj(dual) * _pauli(kind, cfg.n, where, state), 1).imag
            group, index = key
            gradients[group][index] += slope if np.ndim(angle) else slope.sum()
        state, dual = _apply(gate, cfg.n, state, -1), _apply(gate, cfg.n, dual, -1)
    return dual


if __name__ == "__main__":
    name, path = sys.argv[1:]
    np.savez(path, **make_inputs(CONFIGURATIONS[name]))
