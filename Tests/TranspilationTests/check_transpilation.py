"""Holds native circuits that QMTL wrote against a device's target in Qiskit, and their gate counts against level 3.

Made with qiskit 2.6.2 and qiskit-qasm3-import 0.6.0; DEVICES is a folder with IBM's configuration and properties files:

    QMTL_DEVICES=DEVICES QMTL_TRANSPILED=FOLDER swift test -c release --disable-xctest --filter PresetExport
    python check_transpilation.py DEVICES FOLDER
"""
import json
import pathlib
import sys

from qiskit import qasm3, transpile
from qiskit.circuit.library import CZGate, ECRGate, RXGate, RZGate, SXGate, XGate
from qiskit.circuit import Parameter
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
            "hasRotationX": "rx" in configuration["basis_gates"], "turnErrors": [turns[(q,)] for q in range(count)],
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
    return result


def count(circuit):
    return sum(1 for instruction in circuit.data if instruction.operation.num_qubits == 2)


def compare(folder, devices):
    descriptions = [device(devices, name) for name in NAMES]
    ratios = []
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
            theirs = min((transpile(logical, target=goal, optimization_level=3, seed_transpiler=seed)
                          for seed in range(3)), key=count)
            ours, level3 = count(native), count(theirs)
            ratios.append(ours / level3 if level3 else 1.0)
            mark = "" if ratios[-1] <= 1.2 else "  <- more than 1.2"
            print(f"{path.stem:28} {description['name']:26} {ours:5} {level3:8}{mark}")
    print(f"largest ratio {max(ratios):.2f}")


compare(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[1]))
