import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation
import Testing

struct ObservableEvaluationTests {
    /// Six qubits in an entangled state that depends on two features.
    private static let circuit: Circuit = {
        var circuit = Circuit(qubitCount: 6, featureCount: 2)
        for qubit in 0..<6 {
            circuit.appendUnchecked(.rotation(.y, qubit, .feature(qubit % 2)))
            circuit.appendUnchecked(.rotation(.x, qubit, .constant(0.3 * Double(qubit + 1))))
        }
        for qubit in 0..<5 { circuit.appendUnchecked(.controlledX(control: qubit, target: qubit + 1)) }
        for qubit in 0..<6 { circuit.appendUnchecked(.rotation(.x, qubit, .feature(1 - qubit % 2))) }
        return circuit
    }()

    /// Observables on one qubit, on few, and on all of them, out of order.
    private static let observables = ["Z5", "X0*Y1*Z3*X2*Y5*Z4", "Y2*X0", "Z0*Z1*Z2*Z3*Z4", "X1"].map {
        PauliString($0)!
    }

    private func value(_ observable: PauliString, _ features: [Double]) -> Double {
        var state = StateVector(qubitCount: 6)
        for gate in Self.circuit.gates {
            switch gate.angle {
            case .feature(let index): state.apply(gate, angle: features[index])
            case .constant(let value): state.apply(gate, angle: value)
            case .parameter, .product, nil: state.apply(gate)
            }
        }
        return state.expectation(of: observable)
    }

    /// Answers are in single precision; central differences with a step of 1e-4 are good to 1e-8.
    @Test func valuesAndDerivativesOfNarrowAndWideObservables() async throws {
        let evaluation = try ObservableEvaluation(of: Self.circuit, observables: Self.observables)
        let rows: [[Double]] = [[0.5, -0.75], [1.25, 0.25]]
        let inputs = ParameterBatch(
            features: Matrix(rows: rows.map { $0.map { Float($0) } }), parameters: [])
        let expectations = try await evaluation.expectations(inputs, on: ReferenceBackend())
        let gradients = try await evaluation.gradients(inputs, on: ReferenceBackend())
        for (row, features) in rows.enumerated() {
            for (column, observable) in Self.observables.enumerated() {
                let expected = value(observable, features)
                #expect(abs(Double(expectations[row, column]) - expected) < 1e-6)
                #expect(abs(Double(gradients.expectations[row, column]) - expected) < 1e-6)
                for feature in 0..<2 {
                    var (above, below) = (features, features)
                    above[feature] += 1e-4
                    below[feature] -= 1e-4
                    let slope = (value(observable, above) - value(observable, below)) / 2e-4
                    #expect(abs(Double(gradients.features[column][row, feature]) - slope) < 1e-6)
                }
            }
        }
    }

    @Test func anObservableNeedsItsQubits() {
        #expect(throws: CircuitError.qubitOutOfRange(index: 6, qubitCount: 6)) {
            try ObservableEvaluation(of: Self.circuit, observables: [.z(0), .z(6)])
        }
    }
}
