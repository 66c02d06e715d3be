"""Holds native circuits that QMTL wrote against a device's target in Qiskit, and their gate counts against level 3.

Rows of angles are bound: rotations about ZZ must be above 0 and at most a quarter turn in every one, and small circuits
must prepare the state of the circuit they were made from.

Made with qiskit 2.6.2 and qiskit-qasm3-import 0.6.0; DEVICES is a folder with IBM's configuration and properties files:

    QMTL_DEVICES=DEVICES QMTL_TRANSPILED=FOLDER swift test -c release --disable-xctest --filter PresetExport
    python check_transpilation.py DEVICES FOLDER
"""
import json
import math
import pathlib
import sys

import numpy
from qiskit import QuantumCircuit, qasm3, transpile
from qiskit.circuit.library import CZGate, ECRGate, RXGate, RZGate, RZZGate, SXGate, XGate
from qiskit.circuit import Parameter
from qiskit.quantum_info import Statevector
from qiskit.transpiler import InstructionProperties, Target

NAMES = ["ibm_kingston", "ibm_sherbrooke", "ibm_kingston.fractional"]


def documents(folder, name):
    base, _, kind = name.partition(".")
    kind = f".{kind}" if kind else ""
    return (json.loads((folder / f"{base}.configuration{kind}.json").read_text()),
            json.loads((folder / f"{base}.properties.json").read_text()))


def errors(properties, gate):
    return {tuple(entry["qubits"]): parameter["value"] for entry in properties["gates"] if entry["gate"] == gate
            for parameter in entry["parameters"] if parameter["name"] == "gate_error"}


def device(folder, name):
    configuration, properties = documents(folder, name)
    count = configuration["n_qubits"]
    entangler = "cz" if "cz" in configuration["basis_gates"] else "ecr"
    turns, pairs = errors(properties, "sx"), errors(properties, entangler)
    readout = [next((p["value"] for p in q if p["name"] == "readout_error"), 1) for q in properties["qubits"]]
    return {"name": name, "qubitCount": count, "entangler": entangler,
            "hasRotationX": "rx" in configuration["basis_gates"],
            "rotationZZErrors": errors(properties, "rzz") if "rzz" in configuration["basis_gates"] else {},
            "turnErrors": [turns[(q,)] for q in range(count)],
            "readoutErrors": readout, "couplings": [list(p) for p in pairs], "couplingErrors": list(pairs.values())}


def target(description):
    """Only what works: a gate with an error of 1 is broken."""
    result, q = Target(num_qubits=description["qubitCount"]), range(description["qubitCount"])
    turns = {(i,): InstructionProperties(error=description["turnErrors"][i]) for i in q
             if description["turnErrors"][i] < 0.5}
    result.add_instruction(SXGate(), turns)
    result.add_instruction(XGate(), dict(turns))
    result.add_instruction(RZGate(Parameter("a")), {place: InstructionProperties(error=0) for place in turns})
    if description["hasRotationX"]:
        result.add_instruction(RXGate(Parameter("b")), dict(turns))
    gate = CZGate() if description["entangler"] == "cz" else ECRGate()
    result.add_instruction(gate, {
        tuple(pair): InstructionProperties(error=error)
        for pair, error in zip(description["couplings"], description["couplingErrors"])
        if error < 0.5 and all((i,) in turns for i in pair)})
    rotations = {pair: InstructionProperties(error=error) for pair, error in description["rotationZZErrors"].items()
                 if error < 0.5 and all((i,) in turns for i in pair)}
    if rotations:
        result.add_instruction(RZZGate(Parameter("c")), rotations)
    return result


def bound(circuit, values):
    """The circuit with its parameters, which are named in their order, at these values."""
    parameters = sorted(circuit.parameters, key=lambda parameter: (len(parameter.name), parameter.name))
    return circuit.assign_parameters(dict(zip(parameters, values)))


def state(circuit, first):
    """The state of the qubits in use, `first` the least significant ones, the others being 0."""
    used = {circuit.find_bit(qubit).index for instruction in circuit.data for qubit in instruction.qubits}
    order = list(first) + sorted(used - set(first))
    small = QuantumCircuit(len(order))
    for instruction in circuit.data:
        small.append(instruction.operation, [order.index(circuit.find_bit(q).index) for q in instruction.qubits])
    return Statevector(small).data


def check_rows(logical, native, rows, path):
    names = {f"x{i}": i for i in range(10_000)}
    for features, angles in zip(rows["features"], rows["angles"]):
        native_row = bound(native, angles)
        for instruction in native_row.data:
            if instruction.operation.name == "rzz":
                angle = float(instruction.operation.params[0])
                assert 0 < angle <= math.pi / 2, (path, angle)
        if logical.num_qubits > 10:
            continue
        values = {p: features[names[p.name]] for p in logical.parameters}
        expected = Statevector(logical.assign_parameters(values)).data
        found = state(native_row, rows["final"])[:len(expected)]
        assert abs(abs(numpy.vdot(expected, found)) - 1) < 1e-9, (path, abs(numpy.vdot(expected, found)))
    return sum(1 for i in native.data if i.operation.name == "rzz") * len(rows["angles"])


def count(circuit):
    return sum(1 for instruction in circuit.data if instruction.operation.num_qubits == 2)


def compare(folder, devices):
    descriptions = [device(devices, name) for name in NAMES]
    ratios, checked = [], 0
    print(f"{'circuit':28} {'device':26} {'ours':>5} {'level 3':>8}")
    for path in sorted(folder.glob("*.qasm")):
        if "@" in path.name:
            continue
        logical = qasm3.loads(path.read_text())
        for description in descriptions:
            goal = target(description)
            native = qasm3.loads((folder / f"{path.stem}@{description['name']}.qasm").read_text())
            for instruction in native.data:
                name = instruction.operation.name
                places = tuple(native.find_bit(qubit).index for qubit in instruction.qubits)
                assert goal.instruction_supported(name, places), (path.name, name, places)
            rows = json.loads((folder / f"{path.stem}@{description['name']}.json").read_text())
            checked += check_rows(logical, native, rows, path.name)
            theirs = min((transpile(logical, target=goal, optimization_level=3, seed_transpiler=seed)
                          for seed in range(3)), key=count)
            ours, level3 = count(native), count(theirs)
            ratios.append(ours / level3 if level3 else 1.0)
            mark = "" if ratios[-1] <= 1.2 else "  <- more than 1.2"
            print(f"{path.stem:28} {description['name']:26} {ours:5} {level3:8}{mark}")
    print(f"largest ratio {max(ratios):.2f}; {checked} rotations about ZZ in range")


compare(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[1]))
