"""Holds programs that QMTL wrote against Qiskit: read there and simulated, states are equal up to a global phase.

Made with qiskit 2.6.2 and qiskit-qasm3-import 0.6.0:

    QMTL_PROGRAMS=folder swift test -c release --disable-xctest --filter programsForOtherSoftware
    python check_export.py folder
"""
import json
import pathlib
import sys

import numpy as np
from qiskit import qasm3
from qiskit.quantum_info import Statevector

worst, count = 0.0, 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.qasm")):
    circuit = qasm3.loads(path.read_text())
    values = dict(zip(["x0", "x1", "x2", "x3"], [0.3, -1.2, 2.1, 0.8]))
    circuit = circuit.assign_parameters({p: values[p.name] for p in circuit.parameters})
    found = Statevector(circuit).data
    expected = np.array([complex(*pair) for pair in json.loads(path.with_suffix(".json").read_text())])
    worst, count = max(worst, abs(1 - abs(np.vdot(found, expected)))), count + 1
print(f"{count} programs: overlaps differ from 1 by at most {worst:.1e}")
