"""Writes prior-models.json: expectation values of the circuits of prior models, from dense matrices and their definitions.

Nothing is taken over from the Swift sources: the share-and-specify ansatz is built on label and data qubits with controlled
blocks, an amplitude-encoded state is written down instead of prepared, and the reservoir's Trotter steps are exponentials of
its Hamiltonian's two parts. Qubit 0 is the least significant bit. Needs numpy.
"""
import json
import pathlib

import numpy as np

I = np.eye(2)
X = np.array([[0, 1], [1, 0]], complex)
Y = np.array([[0, -1j], [1j, 0]])
Z = np.diag([1, -1]).astype(complex)


def on(n, operators):
    """The product of operators, given by qubit."""
    result = np.eye(1)
    for qubit in range(n):
        result = np.kron(operators.get(qubit, I), result)
    return result


def exponential(hermitian, factor):
    values, vectors = np.linalg.eigh(hermitian)
    return vectors @ np.diag(np.exp(factor * values)) @ vectors.conj().T


def rotation(pauli, angle):
    return exponential(pauli, -0.5j * angle)


def cx(n, control, target):
    return on(n, {control: (I + Z) / 2}) + on(n, {control: (I - Z) / 2, target: X})


def zero(n):
    return np.eye(1 << n)[0].astype(complex)


def mean(state, operator):
    return float((state.conj() @ operator @ state).real)


def ring(n):
    pairs = [(i, i + 1) for i in range(n - 1)] + ([(n - 1, 0)] if n > 2 else [])
    result = np.eye(1 << n)
    for control, target in pairs:
        result = cx(n, control, target) @ result
    return result


def layer(n, angles):
    """RY then RZ on every qubit, then a ring of CX; angles [2, n]."""
    result = np.eye(1 << n)
    for pauli, row in zip((Y, Z), angles):
        result = on(n, {q: rotation(pauli, a) for q, a in enumerate(row)}) @ result
    return ring(n) @ result


def share_and_specify(features, shared, specific):
    """shared [L, 2, n], specific [T, L, 2, n]; label qubits are the high ones."""
    n, tasks = len(features), len(specific)
    labels = int(np.ceil(np.log2(tasks)))
    encode = on(n, {q: rotation(X, x) for q, x in enumerate(features)})
    outputs = []
    for task in range(tasks):
        state = np.kron(np.eye(1 << labels)[task], encode @ zero(n))
        for index in range(len(shared)):
            state = np.kron(np.eye(1 << labels), layer(n, shared[index])) @ state
            controlled = sum(
                np.kron(
                    np.diag(np.eye(1 << labels)[k]),
                    layer(n, specific[k][index]) if k < tasks else np.eye(1 << n))
                for k in range(1 << labels))
            state = controlled @ state
        outputs.append(mean(state, np.kron(np.eye(1 << labels), on(n, {0: Z}))))
    return outputs


def transfer(amplitudes, angles):
    """amplitudes [2^n], angles [T, L, 3, n]: RZ, RY, RZ, then CX of range 1, 2, ..."""
    n = int(np.log2(len(amplitudes)))
    outputs = []
    for task in angles:
        state = np.array(amplitudes, complex) / np.linalg.norm(amplitudes)
        for index, rows in enumerate(task):
            for pauli, row in zip((Z, Y, Z), rows):
                state = on(n, {q: rotation(pauli, a) for q, a in enumerate(row)}) @ state
            reach = index % (n - 1) + 1
            for q in range(n):
                state = cx(n, q, (q + reach) % n) @ state
        outputs.append(mean(state, on(n, {0: Z})))
    return outputs


def shared_circuit(features, angles):
    n = len(features)
    state = on(n, {q: rotation(Y, x) for q, x in enumerate(features)}) @ zero(n)
    for rows in angles:
        state = layer(n, rows) @ state
    return [mean(state, on(n, {q: Z})) for q in range(n)]


def reservoir(features, n, couplings, steps=4):
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    ising = sum(c * on(n, {i: Z, j: Z}) for c, (i, j) in zip(couplings, pairs))
    field = sum(on(n, {q: X}) for q in range(n))
    step = exponential(field, -1j / steps) @ exponential(ising, -1j / steps)
    state = zero(n)
    for first in range(0, len(features), n):
        state = on(n, {q: rotation(Y, x) for q, x in enumerate(features[first:first + n])}) @ state
        for _ in range(steps):
            state = step @ state
    return [mean(state, on(n, {q: Z})) for q in range(n)] + [mean(state, on(n, {i: Z, j: Z})) for i, j in pairs]


random = np.random.default_rng(13560)


def draw(*shape):
    return random.uniform(-1.5, 1.5, shape).round(6)


cases = {}
features, shared, specific = draw(3), draw(2, 2, 3), draw(3, 2, 2, 3)
cases["share-and-specify"] = dict(
    features=features, parameters=np.concatenate([shared.ravel(), specific.ravel()]),
    expectations=share_and_specify(features, shared, specific))
amplitudes, angles = draw(8), draw(2, 3, 3, 3)
cases["transfer"] = dict(features=amplitudes, parameters=angles.ravel(), expectations=transfer(amplitudes, angles))
features, angles = draw(4), draw(2, 2, 4)
cases["shared-circuit"] = dict(
    features=features, parameters=angles.ravel(), expectations=shared_circuit(features, angles))
features, couplings = draw(5), draw(3)
cases["reservoir"] = dict(features=features, parameters=couplings, expectations=reservoir(features, 3, couplings))

for case in cases.values():
    for key in case:
        case[key] = np.asarray(case[key]).tolist()
path = pathlib.Path(__file__).with_name("prior-models.json")
path.write_text(json.dumps(cases, indent=1) + "\n")
