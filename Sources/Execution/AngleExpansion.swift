import Circuits
import LinearAlgebra

/// The products among a circuit's angles, worked out before a backend runs: backends know single entries only.
///
/// The plain circuit has the entries of the given one under their own numbers, and behind them, in the encoding and in
/// every block, one entry for each product, or for each gate where gates are told apart. A product without a feature is a
/// trainable angle there, any other a feature.
package struct AngleExpansion: Sendable {
    /// An entry of the plain circuit: a number times entries of the given one.
    private struct Term {
        var factor: Float = 1
        var parameters: [Int] = []
        var features: [Int] = []

        init(parameter: Int) { parameters = [parameter] }
        init(feature: Int) { features = [feature] }

        init(_ angle: Angle, firstParameter: Int) {
            factor = Float(angle.factor)
            parameters = angle.parameters.map { $0 + firstParameter }
            features = angle.features
        }
    }

    /// The circuit without products.
    let circuit: MultiTaskCircuit
    private let featureTerms: [Term]
    private let parameterTerms: [Term]

    /// The expansion of `circuit`; nil where it has no products.
    init?(_ circuit: MultiTaskCircuit) {
        guard circuit.encoding.hasProducts || Set(circuit.tasks.map(\.block)).contains(where: \.hasProducts)
        else { return nil }
        self.init(circuit, tellsGatesApart: false)
    }

    /// The expansion of `circuit` with an entry for the angle of each gate, so that each can be changed alone.
    init(tellingGatesApart circuit: MultiTaskCircuit) { self.init(circuit, tellsGatesApart: true) }

    private init(_ circuit: MultiTaskCircuit, tellsGatesApart: Bool) {
        let encoding = PlainCircuit(circuit.encoding, tellsGatesApart: tellsGatesApart)
        var blocks: [Circuit: PlainCircuit] = [:]
        for task in circuit.tasks where blocks[task.block] == nil {
            blocks[task.block] = PlainCircuit(task.block, tellsGatesApart: tellsGatesApart)
        }
        featureTerms =
            (0..<circuit.featureCount).map { Term(feature: $0) }
            + encoding.newFeatures.map { Term($0, firstParameter: 0) }
        var terms: [Term] = []
        func append(_ plain: PlainCircuit, _ own: Range<Int>) {
            terms += own.map { Term(parameter: $0) }
            terms += plain.newParameters.map { Term($0, firstParameter: own.lowerBound) }
        }
        append(encoding, 0..<circuit.encoding.parameterCount)
        for (task, own) in zip(circuit.tasks, circuit.blockParameters) { append(blocks[task.block]!, own) }
        parameterTerms = terms

        do throws(CircuitError) {
            var tasks: [TaskCircuit] = []
            for task in circuit.tasks {
                tasks.append(
                    try TaskCircuit(
                        register: task.register, block: blocks[task.block]!.circuit,
                        observables: task.observables))
            }
            self.circuit = try MultiTaskCircuit(
                encoding: encoding.circuit, stageCount: circuit.stageCount, tasks: tasks)
        } catch {
            preconditionFailure("a circuit that fits its registers still does: \(error)")
        }
    }

    /// What the plain circuit is evaluated at.
    package func inputs(_ inputs: ParameterBatch) -> ParameterBatch {
        var features = Matrix(rows: inputs.sampleCount, columns: featureTerms.count)
        for (column, term) in featureTerms.enumerated() {
            let factor = term.parameters.reduce(term.factor) { $0 * inputs.parameters[$1] }
            for sample in 0..<features.rows {
                features[sample, column] = term.features.reduce(factor) { $0 * inputs.features[sample, $1] }
            }
        }
        return ParameterBatch(
            features: features,
            parameters: parameterTerms.map { term in
                term.parameters.reduce(term.factor) { $0 * inputs.parameters[$1] }
            })
    }

    /// The gradients of the given circuit's entries from those of the plain circuit's, by the product rule.
    package func gradients(_ plain: CircuitGradients, inputs: ParameterBatch) -> CircuitGradients {
        var features = Matrix(rows: inputs.features.rows, columns: inputs.features.columns)
        var parameters = [Double](repeating: 0, count: inputs.parameters.count)
        for (term, slope) in zip(parameterTerms, plain.parameters) {
            for (position, index) in term.parameters.enumerated() {
                let rest = Self.product(term.parameters, without: position) { inputs.parameters[$0] }
                parameters[index] += Double(slope * term.factor * rest)
            }
        }
        for (column, term) in featureTerms.enumerated() {
            let scale = term.parameters.reduce(term.factor) { $0 * inputs.parameters[$1] }
            var slope = 0.0  // by the product of the term's trainable angles, summed over samples
            for sample in 0..<features.rows {
                let derivative = plain.features[sample, column]
                for (position, index) in term.features.enumerated() {
                    let rest = Self.product(term.features, without: position) { inputs.features[sample, $0] }
                    features[sample, index] += derivative * scale * rest
                }
                guard !term.parameters.isEmpty else { continue }
                slope += Double(term.features.reduce(derivative) { $0 * inputs.features[sample, $1] })
            }
            for (position, index) in term.parameters.enumerated() {
                let rest = Self.product(term.parameters, without: position) { inputs.parameters[$0] }
                parameters[index] += slope * Double(term.factor * rest)
            }
        }
        return CircuitGradients(
            expectations: plain.expectations, features: features, parameters: parameters.map { Float($0) })
    }

    /// The trainable angles of the given circuit that those features and trainable angles of the plain one depend on.
    func parameters(behindFeatures features: Set<Int>, parameters: Set<Int>) -> Set<Int> {
        Set(features.flatMap { featureTerms[$0].parameters })
            .union(parameters.flatMap { parameterTerms[$0].parameters })
    }

    /// The features of the given circuit that features of the plain one depend on.
    func features(behind features: some Sequence<Int>) -> Set<Int> {
        Set(features.flatMap { featureTerms[$0].features })
    }

    private static func product(_ indices: [Int], without position: Int, _ value: (Int) -> Float) -> Float {
        var product: Float = 1
        for (other, index) in indices.enumerated() where other != position { product *= value(index) }
        return product
    }
}

/// A circuit whose products, or all of whose open angles gate by gate, have become entries behind its own.
private struct PlainCircuit {
    let circuit: Circuit
    /// The angles behind the entries that are new.
    private(set) var newParameters: [Angle] = []
    private(set) var newFeatures: [Angle] = []

    init(_ original: Circuit, tellsGatesApart: Bool) {
        var entries: [Angle: Angle] = [:]
        var gates: [Gate] = []
        for gate in original.gates {
            guard let angle = gate.angle, tellsGatesApart || angle.isProduct else {
                gates.append(gate)
                continue
            }
            let entry: Angle
            if let known = entries[angle], !tellsGatesApart {
                entry = known
            } else if angle.features.isEmpty, angle.parameters.isEmpty {
                entry = angle
            } else if angle.features.isEmpty {
                entry = .parameter(original.parameterCount + newParameters.count)
                newParameters.append(angle)
            } else {
                entry = .feature(original.featureCount + newFeatures.count)
                newFeatures.append(angle)
            }
            entries[angle] = entry
            gates.append(gate.replacingAngle { _ in entry })
        }
        var plain = Circuit(
            qubitCount: original.qubitCount, parameterCount: original.parameterCount + newParameters.count,
            featureCount: original.featureCount + newFeatures.count)
        for gate in gates { plain.appendUnchecked(gate) }
        circuit = plain
    }
}

extension Circuit {
    fileprivate var hasProducts: Bool { gates.contains { $0.angle?.isProduct ?? false } }
}

extension Angle {
    fileprivate var isProduct: Bool {
        switch self {
        case .product: true
        case .constant, .parameter, .feature: false
        }
    }
}
