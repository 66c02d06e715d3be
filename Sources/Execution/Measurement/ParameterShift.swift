import Circuits
import LinearAlgebra

/// Gradients from expectation values alone, for backends that can only measure.
///
/// As a function of the angle of one rotation an expectation value is `u + v cos a + w sin a`, so its derivative is half
/// the difference between the values a quarter turn further and a quarter turn back: exactly, also under noise that does
/// not depend on the angle. Each gate is shifted alone, and entries that occur in several gates, or in products, follow by
/// the chain rule. Gates that no task sees together are shifted in one evaluation: with local placement their number does
/// not grow with that of the tasks.
/// Source: Schuld et al., *Evaluating analytic gradients on quantum hardware* (arXiv:1811.11184).
package struct ParameterShift: Sendable {
    /// An entry of the plan's circuit, which one gate has for its angle, and the tasks that see it.
    fileprivate struct Shift {
        enum Entry {
            case feature(Int)
            case parameter(Int)
        }

        let entry: Entry
        let tasks: [Int]
    }

    /// What is evaluated: the circuit with an entry for each gate's angle.
    package let plan: ExecutionPlan
    private let expansion: AngleExpansion
    /// Shifts made in one evaluation; no task sees two of them.
    private let groups: [[Shift]]

    /// The shifts of a plan.
    package init(_ plan: ExecutionPlan) {
        precondition(plan.folds == 0, "a folded gate has its angle several times")
        expansion = AngleExpansion(tellingGatesApart: plan.circuit)
        self.plan = ExecutionPlan(expansion.circuit, noise: plan.noise)
        groups = Self.groups(Self.shifts(self.plan))
    }

    /// How often every sample is evaluated: once as it is, and twice for each group of shifts.
    package var evaluationCount: Int { 1 + 2 * groups.count }

    /// What `plan` is evaluated at for `inputs` of the given plan: as they are, then shifted there and back, group by group.
    package func evaluations(of inputs: ParameterBatch) -> [ParameterBatch] {
        let plain = expansion.inputs(inputs)
        return [plain]
            + groups.flatMap { group in
                [Float.pi / 2, -.pi / 2].map { step in
                    var features = plain.features
                    var parameters = plain.parameters
                    for shift in group {
                        switch shift.entry {
                        case .feature(let column):
                            for row in 0..<features.rows { features[row, column] += step }
                        case .parameter(let index): parameters[index] += step
                        }
                    }
                    return ParameterBatch(features: features, parameters: parameters)
                }
            }
    }

    /// The gradients of the given plan's entries from the expectation values of all evaluations, `[samples x readouts]`.
    package func gradients(
        _ expectations: [Matrix], inputs: ParameterBatch, cotangent: Cotangent
    ) -> CircuitGradients {
        precondition(expectations.count == evaluationCount, "one matrix per evaluation")
        let samples = inputs.sampleCount
        let slopes = cotangent(expectations[0], samples: 0..<samples)
        var features = Matrix(rows: samples, columns: expansion.circuit.featureCount)
        var parameters = [Float](repeating: 0, count: expansion.circuit.parameterCount)
        for (number, group) in groups.enumerated() {
            let (further, back) = (expectations[2 * number + 1], expectations[2 * number + 2])
            for shift in group {
                var sum = 0.0
                for sample in 0..<samples {
                    var derivative = 0.0
                    for column in shift.tasks.lazy.flatMap({ plan.circuit.readouts[$0] }) {
                        let difference = Double(further[sample, column]) - Double(back[sample, column])
                        derivative += Double(slopes[sample, column]) * difference / 2
                    }
                    sum += derivative
                    if case .feature(let column) = shift.entry {
                        features[sample, column] = Float(derivative)
                    }
                }
                if case .parameter(let index) = shift.entry { parameters[index] = Float(sum) }
            }
        }
        return expansion.gradients(
            CircuitGradients(expectations: expectations[0], features: features, parameters: parameters),
            inputs: inputs)
    }

    /// A shift for every gate that some task sees.
    private static func shifts(_ plan: ExecutionPlan) -> [Shift] {
        var features = [[Int]](repeating: [], count: plan.circuit.featureCount)
        var parameters = [[Int]](repeating: [], count: plan.circuit.parameterCount)
        for (task, footprint) in plan.footprints.enumerated() {
            for feature in footprint.features { features[feature].append(task) }
            for parameter in footprint.parameters { parameters[parameter].append(task) }
        }
        for head in plan.heads {
            for member in head.members {
                for parameter in member.parameters where parameters[parameter].last != member.task {
                    parameters[parameter].append(member.task)
                }
            }
        }
        return features.enumerated().map { Shift(entry: .feature($0), tasks: $1) }.filter(\.isSeen)
            + parameters.enumerated().map { Shift(entry: .parameter($0), tasks: $1) }.filter(\.isSeen)
    }

    /// Each shift in the first group in which its tasks see no other; those that most tasks see come first.
    private static func groups(_ shifts: [Shift]) -> [[Shift]] {
        let order = shifts.indices.sorted { (shifts[$1].tasks.count, $0) < (shifts[$0].tasks.count, $1) }
        var groups: [(shifts: [Shift], tasks: Set<Int>)] = []
        for shift in order.map({ shifts[$0] }) {
            let fitting = groups.firstIndex { $0.tasks.isDisjoint(with: shift.tasks) }
            if fitting == nil { groups.append(([], [])) }
            groups[fitting ?? groups.count - 1].shifts.append(shift)
            groups[fitting ?? groups.count - 1].tasks.formUnion(shift.tasks)
        }
        return groups.map(\.shifts)
    }
}

extension ParameterShift.Shift {
    fileprivate var isSeen: Bool { !tasks.isEmpty }
}
