"""Writes noise-*.json: expectation values of random noisy circuits from Qiskit Aer's density-matrix method.

Run once with qiskit 2.6 and qiskit-aer 0.18: python make_noise_vectors.py FOLDER_OF_CALIBRATION_FILES
The calibration files are the snapshots of ibm_kingston and ibm_sherbrooke in qiskit_ibm_runtime.fake_provider
(Apache-2.0, copyright IBM); seven coupled qubits of each, renumbered, are kept beside the vectors.
"""
import itertools
import json
import pathlib
import sys
from types import SimpleNamespace

import numpy as np
from qiskit import QuantumCircuit
from qiskit.quantum_info import DensityMatrix, Kraus, Operator, Pauli, SuperOp
from qiskit_aer import AerSimulator
from qiskit_aer import noise as aer
from qiskit_aer.noise.device import models

HERE = pathlib.Path(__file__).parent
ONE, TWO = ["h", "x", "y", "z", "rx", "ry", "rz"], ["cz", "cx"]
random = np.random.default_rng(20260415)


def random_circuit(qubits, pairs=None):
    pairs = pairs or list(itertools.permutations(range(qubits), 2))
    gates = []
    for _ in range(5 * qubits):
        if qubits > 1 and random.random() < 0.4:
            gates.append([str(random.choice(TWO)), [int(q) for q in pairs[random.integers(len(pairs))]], None])
        else:
            name = str(random.choice(ONE + ["rx", "ry", "rz"]))
            angle = float(random.uniform(-np.pi, np.pi)) if name.startswith("r") else None
            gates.append([name, [int(random.integers(qubits))], angle])
    return gates


def observables(qubits):
    strings = [f"Z{q}" for q in range(qubits)]
    strings += [f"X{q}*Y{q + 1}" for q in range(qubits - 1)] + ["*".join(f"{'XYZ'[q % 3]}{q}" for q in range(qubits))]
    return strings


def measured(state, string, qubits, readout):
    """The mean of the product of outcomes, each outcome read through the assignment matrix of its qubit."""
    factors = [(part[0], int(part[1:])) for part in string.split("*")]
    turn = QuantumCircuit(qubits)
    for pauli, q in factors:
        if pauli == "X":
            turn.h(q)
        if pauli == "Y":
            turn.sdg(q)
            turn.h(q)
    probabilities = state.evolve(turn).probabilities([q for _, q in factors])
    mean = 0.0
    for true, probability in enumerate(probabilities):
        for read in range(len(probabilities)):
            weight, sign = probability, 1
            for position, (_, q) in enumerate(factors):
                matrix = aer.ReadoutError(readout[q]).probabilities if readout.get(q) else np.eye(2)
                weight *= matrix[true >> position & 1][read >> position & 1]
                sign *= -1 if read >> position & 1 else 1
            mean += sign * weight
    return float(mean)


def case(name, qubits, gates, model, readout, noise):
    circuit = QuantumCircuit(qubits)
    for gate, on, angle in gates:
        getattr(circuit, gate)(*([angle] if angle is not None else []), *on)
    circuit.save_density_matrix()
    result = AerSimulator(method="density_matrix", noise_model=model).run(circuit).result()
    state = DensityMatrix(result.data()["density_matrix"])
    strings = observables(qubits)
    return {
        "name": name, "qubits": qubits, "gates": gates, "noise": noise, "observables": strings,
        "expectations": [measured(state, s, qubits, readout) for s in strings],
    }


def per_gate(model, error_one, error_two, names=ONE + TWO):
    for name in names:
        error = error_one if name in ONE else error_two
        if error is not None:
            model.add_all_qubit_quantum_error(error, name)


def channel_cases():
    p = 0.06
    tensor = lambda error: error.tensor(error)
    amplitude = aer.amplitude_damping_error(p)
    phase = aer.phase_damping_error(p)
    bit = aer.pauli_error([("X", p), ("I", 1 - p)])
    flip = aer.pauli_error([("Z", p), ("I", 1 - p)])
    pauli = aer.pauli_error([("X", 0.01), ("Y", 0.02), ("Z", 0.04), ("I", 0.93)])
    relax = aer.thermal_relaxation_error(90.0, 120.0, 5.0)
    slow = aer.thermal_relaxation_error(90.0, 60.0, 5.0)
    everything = ONE + TWO
    rule = lambda **values: {"gates": [dict(gates=everything, **values)]}
    kinds = [
        ("depolarizing", (aer.depolarizing_error(p, 1), aer.depolarizing_error(p, 2)),
         rule(channel="depolarizing", probability=p)),
        ("amplitude damping", (amplitude, tensor(amplitude)), rule(channel="amplitude-damping", probability=p)),
        ("phase damping", (phase, tensor(phase)), rule(channel="phase-damping", probability=p)),
        ("bit flip", (bit, tensor(bit)), rule(channel="bit-flip", probability=p)),
        ("phase flip", (flip, tensor(flip)), rule(channel="phase-flip", probability=p)),
        ("pauli", (pauli, tensor(pauli)),
         rule(channel="pauli", probabilities={"X": 0.01, "Y": 0.02, "Z": 0.04})),
        ("thermal relaxation, T2 > T1", (relax, tensor(relax)),
         rule(channel="thermal-relaxation", t1=90.0, t2=120.0, time=5.0)),
        ("thermal relaxation, T2 < T1", (slow, tensor(slow)),
         rule(channel="thermal-relaxation", t1=90.0, t2=60.0, time=5.0)),
    ]
    for name, errors, noise in kinds:
        for qubits in (2, 4):
            model = aer.NoiseModel()
            per_gate(model, *errors)
            yield case(f"{name}, {qubits} qubits", qubits, random_circuit(qubits), model, {}, noise)

    # Operators of two qubits that act on them together.
    angle = 0.4
    zx = Operator(np.cos(angle) * np.eye(4) - 1j * np.sin(angle) * Pauli("XZ").to_matrix()).data
    swap = np.eye(4)[[0, 2, 1, 3]]
    operators = [np.sqrt(0.9) * zx, np.sqrt(0.1) * swap]
    written = [[[[float(e.real), float(e.imag)] for e in row] for row in k] for k in operators]
    model = aer.NoiseModel()
    model.add_all_qubit_quantum_error(aer.kraus_error([np.asarray(k) for k in operators]), TWO)
    yield case("kraus, 3 qubits", 3, random_circuit(3), model, {},
               {"gates": [{"gates": TWO, "channel": "kraus", "operators": written}]})

    # Coherent: the gate's own axis, 0.2 too far.
    model = aer.NoiseModel()
    turn = lambda label: aer.coherent_unitary_error(
        np.cos(0.1) * np.eye(2) - 1j * np.sin(0.1) * Pauli(label).to_matrix())
    for name, label in [("x", "X"), ("y", "Y"), ("z", "Z"), ("rx", "X"), ("ry", "Y"), ("rz", "Z")]:
        model.add_all_qubit_quantum_error(turn(label), name)
    h = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    model.add_all_qubit_quantum_error(aer.coherent_unitary_error(np.cos(0.1) * np.eye(2) - 1j * np.sin(0.1) * h), "h")
    phase_gate = np.diag([1, 1, 1, np.exp(0.2j)])
    on_target = np.kron(h, np.eye(2))
    model.add_all_qubit_quantum_error(aer.coherent_unitary_error(phase_gate), "cz")
    model.add_all_qubit_quantum_error(aer.coherent_unitary_error(on_target @ phase_gate @ on_target), "cx")
    yield case("over-rotation, 3 qubits", 3, random_circuit(3), model, {}, rule(channel="over-rotation", angle=0.2))

    # Several rules at once, some on a part of the qubits, and wrong readouts.
    model = aer.NoiseModel()
    for q in range(6):
        error = aer.depolarizing_error(0.02, 1)
        if q in (1, 3):
            error = error.compose(aer.amplitude_damping_error(0.1))
        for name in ("rx", "ry"):
            model.add_quantum_error(error, name, [q])
    for pair in itertools.permutations((0, 1, 2), 2):
        model.add_quantum_error(aer.depolarizing_error(0.1, 2), "cz", pair)
    noise = {
        "gates": [
            {"gates": ["rx", "ry"], "channel": "depolarizing", "probability": 0.02},
            {"gates": ["rx", "ry"], "qubits": [1, 3], "channel": "amplitude-damping", "probability": 0.1},
            {"gates": ["cz"], "qubits": [0, 1, 2], "channel": "depolarizing", "probability": 0.1},
        ],
        "readout": [{"zero_to_one": 0.02, "one_to_zero": 0.05},
                    {"zero_to_one": 0.2, "one_to_zero": 0.1, "qubits": [2]}],
    }
    readout = {q: [[0.98, 0.02], [0.05, 0.95]] for q in range(6)} | {2: [[0.8, 0.2], [0.1, 0.9]]}
    yield case("rules on some qubits, readout, 6 qubits", 6, random_circuit(6), model, readout, noise)


def namespace(value):
    if isinstance(value, dict):
        return SimpleNamespace(**{k: namespace(v) for k, v in value.items()})
    return [namespace(v) for v in value] if isinstance(value, list) else value


def trimmed(folder, device, chosen):
    """The documents of the chosen qubits, numbered anew in that order."""
    configuration = json.loads((folder / f"{device}.configuration.json").read_text())
    properties = json.loads((folder / f"{device}.properties.json").read_text())
    number = {q: i for i, q in enumerate(chosen)}
    gates = [
        dict(g, qubits=[number[q] for q in g["qubits"]], name="")
        for g in properties["gates"]
        if all(q in number for q in g["qubits"]) and g["gate"] in ("id", "rz", "sx", "x", "cz", "ecr")
    ]
    strip = lambda parameters: [{k: p[k] for k in ("name", "unit", "value")} for p in parameters]
    return (
        {"backend_name": device, "n_qubits": len(chosen), "basis_gates": configuration["basis_gates"]},
        {"backend_name": device, "qubits": [strip(properties["qubits"][q]) for q in chosen],
         "gates": [dict(g, parameters=strip(g["parameters"])) for g in gates]},
    )


def device_cases(folder, device, chosen):
    configuration, properties = trimmed(folder, device, chosen)
    for kind, document in (("configuration", configuration), ("properties", properties)):
        (HERE / f"{device}.{kind}.json").write_text(json.dumps(document) + "\n")
    # Superoperators compose cheaply; Aer's own lists of circuits multiply.
    errors = {
        (name, tuple(qubits)): SuperOp(error)
        for name, qubits, error in models.basic_device_gate_errors(namespace(properties))
    }
    entangler = "cz" if "cz" in configuration["basis_gates"] else "ecr"
    pairs = [list(pair) for name, pair in errors if name == entangler]
    readout = {}
    for q, parameters in enumerate(properties["qubits"]):
        value = {p["name"]: p["value"] for p in parameters}
        down, up = value["prob_meas0_prep1"], value["prob_meas1_prep0"]
        readout[q] = [[1 - up, up], [down, 1 - down]]
    model = aer.NoiseModel()
    identity = SuperOp(np.eye(4))
    add = lambda error, name, qubits: model.add_quantum_error(aer.QuantumError(Kraus(error)), name, qubits)
    for q in range(len(chosen)):
        turn, flip = errors["sx", (q,)], errors["x", (q,)]
        add(turn, "h", [q])
        for name in ("rx", "ry"):
            add(turn.compose(turn), name, [q])
        for name in ("x", "y"):
            add(flip, name, [q])
    both = []
    for pair in pairs:
        for first, second in (pair, pair[::-1]):
            if [first, second] in both:
                continue
            both.append([first, second])
            key = (entangler, (first, second)) if (entangler, (first, second)) in errors else (entangler, (second, first))
            error = errors[key]
            if key[1] != (first, second):  # seen from the other side
                swap = SuperOp(Operator(np.eye(4)[[0, 2, 1, 3]]))
                error = swap.compose(error).compose(swap)
            if entangler == "ecr":
                error = error.compose(errors["sx", (second,)].tensor(errors["sx", (first,)]))
            target = errors["sx", (second,)].tensor(identity)
            add(error, "cz", [first, second])
            add(target.compose(error).compose(target), "cx", [first, second])
    for qubits in (2, 5, len(chosen) - 1):
        inside = [p for p in both if max(p) < qubits]
        yield case(f"{device}, {qubits} qubits", qubits, random_circuit(qubits, inside), model, readout, {
            "device": {"configuration": f"{device}.configuration.json", "properties": f"{device}.properties.json",
                       "qubits": list(range(qubits))}})


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    (HERE / "noise-channels.json").write_text(json.dumps(list(channel_cases())) + "\n")
    # Lines of coupled qubits; kingston's qubit 1 has a readout error of 17 %.
    cases = list(device_cases(folder, "ibm_kingston", [0, 1, 2, 3, 4, 5, 6]))
    cases += list(device_cases(folder, "ibm_sherbrooke", [0, 1, 2, 3, 4, 5, 6]))
    (HERE / "noise-devices.json").write_text(json.dumps(cases) + "\n")
