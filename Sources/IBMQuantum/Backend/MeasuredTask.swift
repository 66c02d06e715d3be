import Circuits
import Execution

/// One measurement setting of one task, with what of the circuit it depends on.
package struct MeasuredTask: Sendable {
    package let task: Int
    /// Which of the task's settings it is.
    let number: Int
    package let setting: MeasurementSetting
    /// The circuit's qubit behind each measured one, in the order of the setting.
    let qubits: [Int]
    /// What of the task's block matters, then what turns the measured operators into Z, on the circuit's qubits.
    let gates: [Gate]
    /// What is read from the encoded state.
    let support: [Int: Support]
    /// The circuit's qubits that encoding and block need.
    let cone: Set<Int>

    /// The settings of all tasks, in the order in which they are to be measured.
    static func all(of circuit: MultiTaskCircuit) -> [MeasuredTask] {
        let encoding = LightConeFinder(circuit.encoding)
        let tasks = circuit.tasks.indices.flatMap { task in
            MeasurementSetting.covering(circuit.tasks[task].observables).enumerated().map {
                MeasuredTask(task: task, number: $0, setting: $1, of: circuit, encoding: encoding)
            }
        }
        return tasks.sorted { ($0.number, $0.task) < ($1.number, $1.task) }
    }

    private init(
        task index: Int, number: Int, setting: MeasurementSetting, of circuit: MultiTaskCircuit,
        encoding: LightConeFinder
    ) {
        task = index
        self.number = number
        self.setting = setting
        let task = circuit.tasks[index]
        qubits = setting.qubits.map { task.register[$0] }
        let offset = circuit.blockParameters[index].lowerBound
        var block = Circuit(
            qubitCount: task.register.count, parameterCount: circuit.parameterCount,
            featureCount: circuit.featureCount)
        for gate in task.block.gates {
            block.appendUnchecked(gate.replacingAngle { $0.shifted(parameters: offset) })
        }
        for (qubit, axis) in zip(setting.qubits, setting.axes) {
            switch axis {
            case .x: block.appendUnchecked(.hadamard(qubit))
            case .y: block.appendUnchecked(.rotation(.x, qubit, .constant(.pi / 2)))
            case .z: break
            }
        }
        let measured = Dictionary(uniqueKeysWithValues: setting.qubits.map { ($0, Support.axis(.z)) })
        let blockCone = LightCone(of: block, support: measured, startsAtZero: false)
        gates = blockCone.gates.map { block.gates[$0].relabelled { task.register[$0] } }
        let support = Dictionary(
            uniqueKeysWithValues: blockCone.support.map { (task.register[$0.key], $0.value) })
        self.support = support
        cone = encoding.qubits(of: encoding.cone(of: support, startsAtZero: true), reading: support)
            .union(gates.flatMap(\.qubits)).union(qubits)
    }

    /// The qubits that are the task's own: its gates act on them, or they are measured.
    var own: Set<Int> { Set(gates.flatMap(\.qubits)).union(qubits) }
}

extension [MeasuredTask] {
    /// The tasks in circuits that measure several at once on at most `capacity` qubits.
    ///
    /// A task that is wider than that has a circuit of its own.
    func packed(capacity: Int) -> [[MeasuredTask]] {
        var bins: [(tasks: [MeasuredTask], cone: Set<Int>, own: Set<Int>)] = []
        for task in self {
            let fitting = bins.firstIndex {
                $0.own.isDisjoint(with: task.own) && $0.cone.union(task.cone).count <= capacity
            }
            if fitting == nil { bins.append(([], [], [])) }
            let bin = fitting ?? bins.count - 1
            bins[bin].tasks.append(task)
            bins[bin].cone.formUnion(task.cone)
            bins[bin].own.formUnion(task.own)
        }
        return bins.map(\.tasks)
    }
}
