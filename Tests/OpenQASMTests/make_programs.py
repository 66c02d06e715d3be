"""Writes Programs/Qiskit: programs that Qiskit exports, with expectation values and gradients that it computes.

Made with qiskit 2.6.2 and numpy 2.4.6. A second use compares two hundred further programs with the built program:

    python make_programs.py                     # the committed files
    python make_programs.py --compare QMTL cpu  # programs through `QMTL run`, the largest differences printed
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from qiskit import QuantumCircuit, qasm3, transpile
from qiskit.circuit import Parameter, ParameterVector
from qiskit.circuit.library import (CCZGate, CSXGate, DCXGate, ECRGate, RXGate, XXPlusYYGate, iSwapGate,
                                    efficient_su2)
from qiskit.quantum_info import SparsePauliOp, Statevector


def random_circuit(rng, qubits, depth):
    """A circuit of every kind of gate; its angles are numbers or expressions of three parameters."""
    a, vector = Parameter("a"), ParameterVector("θ", 2)
    circuit = QuantumCircuit(qubits)

    def angle():
        number = float(rng.uniform(-4, 4))
        choices = [number, a, vector[0], number * vector[1], a / 2 + vector[0] - number, a * vector[1],
                   vector[0].sin() * number, (a * 0.3).exp(), a**2, vector[1].cos() + a, vector[0].arctan() / 3]
        return choices[rng.integers(len(choices))]

    for _ in range(depth):
        one, two, three = (list(rng.permutation(qubits)) + [0, 0])[:3]
        kinds = ["h", "x", "y", "z", "s", "sdg", "t", "tdg", "sx", "sxdg", "id"]
        rotations = ["rx", "ry", "rz", "p"]
        kind = rng.integers(10 if qubits > 1 else 3)
        if kind == 0:
            getattr(circuit, kinds[rng.integers(len(kinds))])(one)
        elif kind in (1, 9):
            getattr(circuit, rotations[rng.integers(len(rotations))])(angle(), one)
        elif kind == 2:
            circuit.u(angle(), angle(), angle(), one)
        elif kind == 3:
            getattr(circuit, ["cx", "cy", "cz", "ch", "swap", "csx"][rng.integers(6)])(one, two)
        elif kind == 4:
            getattr(circuit, ["crx", "cry", "crz", "cp", "rzz", "rxx", "ryy", "rzx"][rng.integers(8)])(
                angle(), one, two)
        elif kind == 5:
            circuit.cu(angle(), angle(), angle(), angle(), one, two)
        elif kind == 6:
            circuit.append([ECRGate(), iSwapGate(), DCXGate(), CSXGate(ctrl_state=0), XXPlusYYGate(angle(), 0.3)]
                           [rng.integers(5)], [one, two])
        elif qubits > 2 and kind == 7:
            gate = [lambda: circuit.ccx(one, two, three), lambda: circuit.cswap(one, two, three),
                    lambda: circuit.append(CCZGate(), [one, two, three]),
                    lambda: circuit.append(RXGate(0.7).control(2, ctrl_state=1), [one, two, three]),
                    lambda: circuit.mcp(0.9, [one, two], three)]
            gate[rng.integers(len(gate))]()
        else:
            circuit.rz(angle(), one)
            circuit.cx(one, two)
    return circuit


def random_observables(rng, qubits):
    texts = []
    for _ in range(3):
        chosen = sorted(rng.permutation(qubits)[:rng.integers(1, qubits + 1)])
        texts.append("*".join(f"{'XYZ'[rng.integers(3)]}{qubit}" for qubit in chosen))
    return texts


def operator(text, qubits):
    factors = [(part[0], int(part[1:])) for part in text.split("*")]
    return SparsePauliOp.from_sparse_list(
        [("".join(p for p, _ in factors), [q for _, q in factors], 1)], num_qubits=qubits)


def evaluate(circuit, parameters, values, operators):
    bound = circuit.assign_parameters(dict(zip(parameters, values)))
    state = Statevector(bound)
    return np.array([state.expectation_value(o).real for o in operators])


def expected(circuit, observables, rows):
    """Values in double precision; gradients by central differences of fourth order, good to 1e-9."""
    parameters = list(circuit.parameters)
    operators = [operator(text, circuit.num_qubits) for text in observables]
    expectations, gradients, h = [], [], 1e-3
    for row in rows:
        expectations.append(evaluate(circuit, parameters, row, operators))
        slopes = []
        for index in range(len(parameters)):
            def at(step):
                moved = list(row)
                moved[index] += step * h
                return evaluate(circuit, parameters, moved, operators)
            slopes.append((8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h))
        gradients.append(np.array(slopes).T if slopes else np.zeros((len(operators), 0)))
    return np.array(expectations), np.array(gradients)


def input_names(circuit):
    """The exporter writes θ[0] as _θ_0_."""
    return [p.name.replace("[", "_").replace("]", "_") if "[" not in p.name
            else "_" + p.name.replace("[", "_").replace("]", "_") for p in circuit.parameters]


def case(index):
    rng = np.random.default_rng(index)
    circuit = random_circuit(rng, int(rng.integers(1, 6)), int(rng.integers(5, 25)))
    observables = random_observables(rng, circuit.num_qubits)
    rows = [[float(v) for v in rng.uniform(-1.5, 1.5, len(circuit.parameters))] for _ in range(2)]
    return circuit, observables, rows


def write(folder, name, circuit, observables, rows):
    expectations, gradients = expected(circuit, observables, rows)
    (folder / f"{name}.qasm").write_text(qasm3.dumps(circuit), encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps({
        "observables": observables, "inputs": input_names(circuit), "values": rows,
        "expectations": expectations.tolist(), "gradients": gradients.tolist()}, indent=1) + "\n")


def compare(program, backend, count):
    worst = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        for index in range(1000, 1000 + count):
            circuit, observables, rows = case(index)
            expectations, gradients = expected(circuit, observables, rows)
            path, bind = pathlib.Path(folder, "c.qasm"), pathlib.Path(folder, "b.json")
            path.write_text(qasm3.dumps(circuit), encoding="utf-8")
            names = input_names(circuit)
            columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
            bind.write_text(json.dumps(columns))
            answer = subprocess.run(
                [program, "run", path, "--observables", ",".join(observables), "--gradient", "--json", "--quiet",
                 "--backend", backend] + (["--bind", bind] if names else []), capture_output=True, text=True)
            if answer.returncode:
                print(index, answer.stderr)
                worst = [math.inf, math.inf]
                continue
            found = json.loads(answer.stdout)
            used = len(rows) if names else 1
            worst[0] = max(worst[0], np.abs(np.array(found["expectations"]) - expectations[:used]).max())
            if names:
                order = [found["inputs"].index(name) for name in names]
                difference = np.abs(np.array(found["gradients"])[:, :, order] - gradients[:used])
                # Derivatives of angles such as a**2 by inputs are larger than 1, and so are rounding errors.
                difference = (difference / np.maximum(1, np.abs(gradients[:used]))).max()
                worst[1] = max(worst[1], difference)
                if difference > 1e-5:
                    print(index, "gradients differ by", difference)
    print(f"{count} programs: expectation values differ by {worst[0]:.1e}, gradients by {worst[1]:.1e}")


def main():
    if len(sys.argv) > 2 and sys.argv[1] == "--compare":
        return compare(sys.argv[2], sys.argv[3], count=200)
    folder = pathlib.Path(__file__).parent / "Programs" / "Qiskit"
    for index in range(6):
        circuit, observables, rows = case(index)
        write(folder, f"random-{index}", circuit, observables, rows)
    ansatz = efficient_su2(3, reps=1)
    rows = [[float(v) for v in np.random.default_rng(7).uniform(-2, 2, len(ansatz.parameters))]]
    write(folder, "efficient-su2", ansatz, ["Z0", "X1*Y2", "Z0*Z1*Z2"], rows)
    device = transpile(case(2)[0], basis_gates=["rz", "sx", "x", "ecr"], coupling_map=[[1, 3], [3, 5], [5, 7], [7, 9]],
                       initial_layout=[1, 3, 5, 7, 9][:case(2)[0].num_qubits], optimization_level=1,
                       seed_transpiler=3)
    device.measure_all()
    plain = device.remove_final_measurements(inplace=False)
    write(folder, "transpiled", plain, ["Z1", "X3", "Z1*Y3"], case(2)[2])
    (folder / "transpiled.qasm").write_text(qasm3.dumps(device), encoding="utf-8")


main()
