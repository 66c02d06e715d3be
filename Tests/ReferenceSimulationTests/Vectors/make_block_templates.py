"""Writes block-templates.json: expectation values of named circuits, from Qiskit and PennyLane.

Circuits 1 to 19 are written out gate by gate for four qubits, after figure 2 of arXiv:1905.10876; the others are the
libraries' own. Two layers on |0000>, angle k is 2 sin(k + 1). Needs qiskit, pennylane and numpy.
"""

import json
from pathlib import Path

import numpy as np
import pennylane as qml
from qiskit import QuantumCircuit
from qiskit.circuit.library import efficient_su2, real_amplitudes
from qiskit.quantum_info import SparsePauliOp, Statevector

QUBITS, LAYERS = 4, 2
OBSERVABLES = ["Z0", "Z1", "Z2", "Z3", "X0*X1", "X2*Y3", "Y0*Z2"]

# A layer by its gates: "rx" stands for RX on every qubit, "crz 32" for CRZ with control 3 and target 2.
ALL_PAIRS = "{0} 32,{0} 31,{0} 30,{0} 23,{0} 21,{0} 20,{0} 13,{0} 12,{0} 10,{0} 03,{0} 02,{0} 01"
LINE = "{0} 32,{0} 21,{0} 10"
RINGS = "ry,{0} 30,{0} 23,{0} 12,{0} 01,ry,{0} 32,{0} 03,{0} 10,{0} 21"
SIM = {
    1: "rx,rz",
    2: "rx,rz," + LINE.format("cx"),
    3: "rx,rz," + LINE.format("crz"),
    4: "rx,rz," + LINE.format("crx"),
    5: "rx,rz," + ALL_PAIRS.format("crz") + ",rx,rz",
    6: "rx,rz," + ALL_PAIRS.format("crx") + ",rx,rz",
    7: "rx,rz,crz 10,crz 32,rx,rz,crz 21",
    8: "rx,rz,crx 10,crx 32,rx,rz,crx 21",
    9: "h," + LINE.format("cz") + ",rx",
    10: "cz 32,cz 21,cz 10,cz 30,ry",
    11: "ry,rz,cx 10,cx 32,ry 1,ry 2,rz 1,rz 2,cx 21",
    12: "ry,rz,cz 10,cz 32,ry 1,ry 2,rz 1,rz 2,cz 21",
    13: RINGS.format("crz"),
    14: RINGS.format("crx"),
    15: RINGS.format("cx"),
    16: "rx,rz,crz 10,crz 32,crz 21",
    17: "rx,rz,crx 10,crx 32,crx 21",
    18: "rx,rz,crz 30,crz 23,crz 12,crz 01",
    19: "rx,rz,crx 30,crx 23,crx 12,crx 01",
}


def angle(k):
    return 2 * np.sin(k + 1)


def expectations(circuit):
    state = Statevector(circuit)
    values = []
    for name in OBSERVABLES:
        factors = [(part[0], int(part[1:])) for part in name.split("*")]
        operator = SparsePauliOp.from_sparse_list(
            [("".join(p for p, _ in factors), [q for _, q in factors], 1)], num_qubits=QUBITS)
        values.append(float(state.expectation_value(operator).real))
    return values


def sim(number):
    circuit = QuantumCircuit(QUBITS)
    count = 0
    for text in (["ry"] if number == 10 else []) + SIM[number].split(",") * LAYERS:
        name, *wires = text.split()
        targets = [[int(w) for w in wires[0]]] if wires else [[q] for q in range(QUBITS)]
        for qubits in targets:
            if name in ("h", "cx", "cz"):
                getattr(circuit, name)(*qubits)
            else:
                getattr(circuit, name)(angle(count), *qubits)
                count += 1
    return {"parameters": count, "values": expectations(circuit)}


def qiskit_library(build):
    circuit = build(QUBITS, reps=LAYERS, entanglement="reverse_linear")
    # Parameters are named by number, and ParameterVector sorts them by it.
    bound = circuit.assign_parameters([angle(k) for k in range(circuit.num_parameters)])
    return {"parameters": circuit.num_parameters, "values": expectations(bound)}


def pennylane(template, weights):
    paulis = {"X": qml.PauliX, "Y": qml.PauliY, "Z": qml.PauliZ}

    @qml.qnode(qml.device("default.qubit", wires=QUBITS))
    def circuit():
        template(weights, wires=range(QUBITS))
        return [
            qml.expval(qml.prod(*[paulis[part[0]](int(part[1:])) for part in name.split("*")]))
            if "*" in name else qml.expval(paulis[name[0]](int(name[1:])))
            for name in OBSERVABLES
        ]

    return {"parameters": int(weights.size), "values": [float(v) for v in circuit()]}


basic = np.array([[angle(l * QUBITS + q) for q in range(QUBITS)] for l in range(LAYERS)])
# QMTL numbers the angles of a layer by axis, then qubit.
strong = np.array([[[angle((l * 3 + a) * QUBITS + q) for a in range(3)] for q in range(QUBITS)]
                   for l in range(LAYERS)])
result = {f"sim-{number}": sim(number) for number in SIM}
result["basic-entangler"] = pennylane(qml.BasicEntanglerLayers, basic)
result["strongly-entangling"] = pennylane(qml.StronglyEntanglingLayers, strong)
result["real-amplitudes"] = qiskit_library(real_amplitudes)
result["efficient-su2"] = qiskit_library(efficient_su2)
document = {"qubits": QUBITS, "layers": LAYERS, "observables": OBSERVABLES, "templates": result}
Path(__file__).with_name("block-templates.json").write_text(json.dumps(document, indent=1) + "\n")
