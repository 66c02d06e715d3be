"""Holds programs of public suites against Qiskit: those that QMTL runs have its expectation values, the others are
refused in one sentence with a place. Their files are others' and are made or fetched anew, none is kept here.

Made with qiskit 2.6.2, qiskit-qasm3-import 0.6.0, mqt.bench 2.3.0 and the sources of mqt.qmap 3.11.0 and
qiskit-qasm3-import 0.6.0, which hold programs:

    pip install qiskit qiskit-qasm3-import mqt.bench
    pip download --no-deps --no-binary :all: mqt.qmap==3.11.0 qiskit-qasm3-import==0.6.0 && for f in *.tar.gz; do tar xzf $f; done
    python check_suites.py QMTL --mqt-bench --folder mqt_qmap-3.11.0/examples --strings qiskit_qasm3_import-0.6.0/tests

`--folder` takes any folder of .qasm files, OpenQASM 2 ones too, which Qiskit translates first: a clone of
openqasm/openqasm (its `examples`) or of pnnl/QASMBench, for instance. `--strings` takes Python files, whose strings
that declare qubits are programs. `--mutations N` adds N programs of the suites with a
word left out, doubled or in the place of another: they are read or refused, too. `--keep` keeps the programs with what
became of each.
"""
import argparse
import ast
import collections
import json
import pathlib
import re
import subprocess
import tempfile
import warnings

import numpy as np
from qiskit import QuantumCircuit, qasm2, qasm3
from qiskit.quantum_info import SparsePauliOp, Statevector

warnings.filterwarnings("ignore")
QUBIT_LIMIT = 17
SIZE_LIMIT = 100_000  # bytes; some files are a hundred times that and simulate for hours
TOLERANCE = 1e-6
PLACE = re.compile(r", line \d+, column \d+: ")


def mqt_bench():
    """Every family, independent of a device at 2 to 12 qubits, and in the gates of ten devices at two sizes."""
    from mqt.bench import BenchmarkLevel, get_benchmark
    from mqt.bench.benchmarks import get_available_benchmark_names
    from mqt.bench.targets import get_available_gateset_names, get_target_for_gateset
    for name in get_available_benchmark_names():
        smallest = None
        for size in range(2, QUBIT_LIMIT + 1):
            if size > 12 and smallest:
                break
            levels = [("algorithm", BenchmarkLevel.ALG, None), ("independent", BenchmarkLevel.INDEP, None)]
            if smallest is None or size == 5:
                # Without rotations, the compiler takes minutes for more than the smallest circuits.
                levels += [(gates, BenchmarkLevel.NATIVEGATES, gates) for gates in get_available_gateset_names()
                           if smallest is None or gates != "clifford+t"]
            for label, level, gates in levels:
                target = gates and get_target_for_gateset(gates, size)
                try:
                    circuit = get_benchmark(name, level, size, target=target)
                except Exception:  # the family has no such size, or not in these gates
                    continue
                smallest = smallest or size
                suite = "MQT Bench, " + ("native gates" if gates else f"{label} level")
                yield suite, f"{name}-{size}-{label}", without_matrices(circuit), None


def without_matrices(circuit):
    """Controlled gates of a matrix are replaced by their definition, since Qiskit's exporter has no form for them."""
    names = {i.operation.name for i in circuit.data if i.operation.name != "unitary"
             and any(isinstance(p, np.ndarray) for p in i.operation.params)}
    return circuit.decompose(list(names)) if names else circuit


def folder(path):
    for file in sorted(pathlib.Path(path).rglob("*.qasm")):
        if file.stat().st_size > SIZE_LIMIT:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        name = str(file.relative_to(path)).removesuffix(".qasm").replace("/", "-")
        if re.search(r"OPENQASM\s+2", text):
            try:
                circuit = qasm2.loads(text, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
            except qasm2.QASM2ParseError:
                circuit = None
            yield pathlib.Path(path).parent.name, name, circuit, None if circuit else text
        else:
            yield pathlib.Path(path).parent.name, name, None, text


def strings(path):
    for file in sorted(pathlib.Path(path).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(
                    r"(qubit|qreg)\b[^;]*;|\$\d", node.value):
                yield pathlib.Path(path).parent.name, f"{file.stem}-{node.lineno}", None, node.value


def reference(circuit, text):
    """The circuit up to its measurements, or why Qiskit has none."""
    if circuit is None:
        try:
            circuit = qasm3.loads(text)
        except Exception as error:
            return None, f"Qiskit does not read it: {error}".splitlines()[0]
    ready = QuantumCircuit(circuit.num_qubits)
    measured, touched = set(), set()
    for instruction in circuit.data:
        qubits = [circuit.find_bit(q).index for q in instruction.qubits]
        name = instruction.operation.name
        if name == "measure":
            measured.update(qubits)
            continue
        if name == "barrier" or name == "reset" and not touched & set(qubits):
            continue
        if name == "reset" or measured & set(qubits):
            return None, f"'{name}' in mid-circuit"
        touched.update(qubits)
        try:
            ready.append(instruction.operation, qubits)
            if not hasattr(instruction.operation, "to_matrix") and instruction.operation.definition is None:
                return None, f"'{name}'"
        except Exception as error:
            return None, str(error).splitlines()[0]
    if instruction_depends(circuit):
        return None, "classical control"
    return ready, None


def instruction_depends(circuit):
    return any(hasattr(i.operation, "blocks") or i.operation.name in ("store", "if_else") for i in circuit.data)


def observables(rng, qubits):
    """Z of each qubit and eight products of three Pauli operators."""
    texts = [f"Z{q}" for q in range(qubits)]
    for _ in range(8):
        chosen = sorted(rng.permutation(qubits)[:min(3, qubits)])
        texts.append("*".join(f"{'XYZ'[rng.integers(3)]}{qubit}" for qubit in chosen))
    return texts


def expected(circuit, texts):
    state = Statevector(circuit)
    values = []
    for text in texts:
        factors = [(part[0], int(part[1:])) for part in text.split("*")]
        operator = SparsePauliOp.from_sparse_list(
            [("".join(p for p, _ in factors), [q for _, q in factors], 1)], num_qubits=circuit.num_qubits)
        values.append(state.expectation_value(operator).real)
    return np.array(values)


def outcome(program, file, circuit, why):
    """What becomes of one program: (kind, detail)."""
    qubits = circuit.num_qubits if circuit is not None else 1
    rng = np.random.default_rng(len(file.name))
    parameters = {p: 0.1 + 0.37 * i for i, p in enumerate(circuit.parameters)} if circuit is not None else {}
    texts = observables(rng, max(qubits, 1))
    command = [program, "run", str(file), "--observables", ",".join(texts), "--json", "--quiet", "--backend",
               "reference"]
    if parameters:
        bind = file.with_suffix(".json")
        bind.write_text(json.dumps({p.name: v for p, v in parameters.items()}))
        command += ["--bind", str(bind)]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "hangs", "more than 300 s"
    if answer.returncode == 65:
        sentence = answer.stderr.strip()
        if "\n" in sentence or not PLACE.search(sentence):
            return "unclear", sentence
        return "refused" if circuit is None else "refused, but simulated by Qiskit", sentence
    if answer.returncode:
        return "fails", f"status {answer.returncode}: {answer.stderr.strip()[:300]}"
    if circuit is None:
        return "unchecked", why
    found = np.array(json.loads(answer.stdout)["expectations"][0])
    difference = np.abs(found - expected(circuit.assign_parameters(parameters), texts)).max()
    return ("equal", "") if difference < TOLERANCE else ("differs", f"by {difference:.1e}")


def mutations(files, count):
    """Programs with one to three faults."""
    rng = np.random.default_rng(7)
    for index in range(count):
        file = files[rng.integers(len(files))]
        words = re.findall(r"\w+|\s+|[^\w\s]", file.read_text(encoding="utf-8"))
        for _ in range(rng.integers(1, 4)):
            place, other = rng.integers(len(words), size=2)
            words[place] = ["", words[place] * 2, words[other], words[place] + words[other]][rng.integers(4)]
        yield f"{file.stem}-{index}", "".join(words)


def reason(sentence):
    """A sentence without its place, names and numbers."""
    return re.sub(r"qubit \d+", "a qubit", PLACE.split(sentence)[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--mqt-bench", action="store_true")
    parser.add_argument("--folder", action="append", default=[])
    parser.add_argument("--strings", action="append", default=[])
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--keep")
    chosen = parser.parse_args()
    keep = pathlib.Path(chosen.keep or tempfile.mkdtemp())
    keep.mkdir(parents=True, exist_ok=True)
    counts, reasons, notes = collections.defaultdict(collections.Counter), collections.Counter(), []

    def check(suite, name, circuit, text):
        if circuit is not None and circuit.num_qubits > QUBIT_LIMIT:
            return suite, name, "too wide", ""
        if text is None:
            try:
                text = qasm3.dumps(circuit)
            except Exception as error:
                return suite, name, "not written", str(error).splitlines()[0]
        file = keep / f"{suite.replace(', ', '-').replace(' ', '-')}-{name}.qasm"
        file.write_text(text, encoding="utf-8")
        ready, why = reference(circuit, text)
        if ready is not None and ready.num_qubits > QUBIT_LIMIT:
            return suite, name, "too wide", ""
        return suite, name, *outcome(chosen.program, file, ready, why)

    def programs():
        if chosen.mqt_bench:
            yield from mqt_bench()
        for path in chosen.folder:
            yield from folder(path)
        for path in chosen.strings:
            yield from strings(path)

    with open(keep / "outcomes.txt", "w", encoding="utf-8") as log:
        for case in programs():
            suite, name, kind, detail = check(*case)
            counts[suite][kind] += 1
            print(suite, name, kind, detail, sep="\t", file=log, flush=True)
            if kind.startswith("refused"):
                reasons[reason(detail)] += 1
            if kind not in ("equal", "too wide", "refused"):
                notes.append(f"{suite}: {name}: {kind}: {detail}")
        files = sorted(file for file in keep.glob("*.qasm") if file.stat().st_size < 20_000)
        for name, text in mutations(files, chosen.mutations):
            file = keep / f"mutation-{name}.qasm"
            file.write_text(text, encoding="utf-8")
            kind, detail = outcome(chosen.program, file, None, "")
            kind = {"unchecked": "read", "fails": "read" if "status 64: " in detail and "input" in detail else "fails"}.get(
                kind, kind)
            counts["mutated programs"][kind] += 1
            print("mutated programs", name, kind, detail, sep="\t", file=log, flush=True)
            if kind not in ("read", "refused"):
                notes.append(f"{file}: {kind}: {detail}")
    kinds = sorted({kind for row in counts.values() for kind in row})
    print("| suite | programs | " + " | ".join(kinds) + " |\n| --- | --- |" + " --- |" * len(kinds))
    for suite, row in counts.items():
        print(f"| {suite} | {sum(row.values())} | " + " | ".join(str(row[kind]) for kind in kinds) + " |")
    for text, count in reasons.most_common():
        print(f"{count:5}  {text}")
    print(*notes, sep="\n")


main()
