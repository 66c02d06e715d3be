import Circuits
import Noise
import Numerics

/// Dense simulation of multi-task circuits under noise: density matrices in double precision, gate by gate.
///
/// Channels act by their Kraus operators, as they are defined; nothing is cut or shared. Time and memory grow as 4^qubits.
public struct NoisySimulator {
    private let circuit: MultiTaskCircuit
    private let noise: NoiseModel
    private let folds: Int

    /// A simulator of `circuit`, whose noisy gates are each run `folds` times more back and forth.
    public init(_ circuit: MultiTaskCircuit, noise: NoiseModel, folds: Int = 0) {
        self.circuit = circuit
        self.noise = noise
        self.folds = folds
    }

    /// A gate or its channels, on the circuit's qubits.
    private struct Step {
        let operators: [Operator]
        let qubits: [Int]
        /// Of a rotation: its axis, its angle and the sign it turns with.
        var rotation: (axis: Pauli, angle: Angle, sign: Double)?
    }

    /// Expectation values, `[samples x readouts]`, for feature angles `[samples x features]`, in radians.
    public func expectations(features: [[Double]], parameters: [Double]) -> [[Double]] {
        features.map { sample in
            let values = AngleValues(circuit, features: sample, parameters: parameters)
            let encoded = run(steps(circuit.encoding.gates, values, 0), DensityMatrix(qubitCount: qubitCount))
                .last
            return circuit.tasks.indices.flatMap { task in
                let state = run(blockSteps(task, values), encoded).last
                return observables(task).map { $0.trace(state).real }
            }
        }
    }

    /// Expectation values and the gradients of a loss: observables go back through gates and channels (Heisenberg picture).
    ///
    /// `cotangent` gives the derivatives of the loss by one sample's expectation values, `[readouts]`.
    public func gradients(
        features: [[Double]], parameters: [Double],
        cotangent: (_ sample: Int, _ expectations: [Double]) -> [Double]
    ) -> ReferenceGradients {
        var result = ReferenceGradients(
            expectations: [], features: [], parameters: Array(repeating: 0, count: circuit.parameterCount))
        for (index, sample) in features.enumerated() {
            let values = AngleValues(circuit, features: sample, parameters: parameters)
            let encoding = steps(circuit.encoding.gates, values, 0)
            let states = run(encoding, DensityMatrix(qubitCount: qubitCount))
            let runs = circuit.tasks.indices.map { (blockSteps($0, values), $0) }
                .map { (steps: $0, task: $1, states: run($0, states.last)) }
            let expectations = runs.flatMap { run in
                observables(run.task).map { $0.trace(run.states.last).real }
            }
            let weights = cotangent(index, expectations)
            var sum = AngleGradients(values)
            var encoded = DensityMatrix.zero(qubitCount: qubitCount)
            for run in runs {
                var observable = DensityMatrix.zero(qubitCount: qubitCount)
                for (part, readout) in zip(observables(run.task), circuit.readouts[run.task]) {
                    observable.add(weights[readout], part)
                }
                goBack(
                    run.steps, run.states, &observable, &sum, circuit.blockParameters[run.task].lowerBound)
                encoded.add(1, observable)
            }
            goBack(encoding, states, &encoded, &sum, 0)
            result.expectations.append(expectations)
            result.features.append(sum.features)
            for (angle, gradient) in sum.parameters.enumerated() { result.parameters[angle] += gradient }
        }
        return result
    }

    private var qubitCount: Int { circuit.encoding.qubitCount }

    private func blockSteps(_ task: Int, _ values: AngleValues) -> [Step] {
        let part = circuit.tasks[task]
        return steps(
            part.block.gates.map { $0.relabelled { part.register[$0] } }, values,
            circuit.blockParameters[task].lowerBound)
    }

    private func steps(_ gates: [Gate], _ values: AngleValues, _ firstParameter: Int) -> [Step] {
        gates.flatMap { gate in
            let angle = values[gate.angle, firstParameter: firstParameter]
            let channels = noise.channels(after: gate)
            return (0...(channels.isEmpty ? 0 : 2 * folds)).flatMap { run in
                let sign: Double = run % 2 == 0 ? 1 : -1
                var step = Step(operators: [Operator(gate, angle: sign * angle)], qubits: gate.qubits)
                if case .rotation(let axis, _, let angle) = gate { step.rotation = (axis, angle, sign) }
                return [step] + channels.map { Step(operators: $0.channel.krausOperators, qubits: $0.qubits) }
            }
        }
    }

    /// The states before the first step and behind every one.
    private struct States {
        var all: [DensityMatrix]
        var last: DensityMatrix { all[all.count - 1] }
    }

    private func run(_ steps: [Step], _ start: DensityMatrix) -> States {
        steps.reduce(into: States(all: [start])) { states, step in
            states.all.append(states.last.applying(step.operators, on: step.qubits))
        }
    }

    /// What is measured of a task's observables: with wrong readouts, a Pauli operator `P` is read as `scale * P + offset`.
    private func observables(_ task: Int) -> [DensityMatrix] {
        let part = circuit.tasks[task]
        return part.observables.map { string in
            let factors = string.factors.map { ($0.pauli, part.register[$0.qubit]) }
            var observable = DensityMatrix.zero(qubitCount: qubitCount)
            for subset in 0..<1 << factors.count {
                var weight = 1.0
                var kept: [(qubit: Int, pauli: Pauli)] = []
                for (position, (pauli, qubit)) in factors.enumerated() {
                    let error = noise.readoutError(of: qubit)
                    if subset >> position & 1 == 1 {
                        weight *= error?.scale ?? 1
                        kept.append((qubit, pauli))
                    } else {
                        weight *= error?.offset ?? 0
                    }
                }
                if weight != 0 { observable.add(weight, PauliString(kept)) }
            }
            return observable
        }
    }

    /// For `E = Tr(O rho)` behind `exp(-i a P / 2)`, `dE/da = Tr(O [-i P / 2, rho]) = Im Tr(O P rho)`.
    private func goBack(
        _ steps: [Step], _ states: States, _ observable: inout DensityMatrix,
        _ gradients: inout AngleGradients,
        _ firstParameter: Int
    ) {
        for (index, step) in steps.enumerated().reversed() {
            if let (axis, angle, sign) = step.rotation {
                var turned = states.all[index + 1]
                turned.multiplyLeft(Operator(.pauli(axis, 0), angle: 0), step.qubits)
                gradients.add(sign * observable.trace(turned).imaginary, by: angle, firstParameter)
            }
            observable = observable.applyingAdjoint(step.operators, on: step.qubits)
        }
    }
}
