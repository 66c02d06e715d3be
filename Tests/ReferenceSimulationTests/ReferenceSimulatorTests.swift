import Circuits
import ReferenceSimulation
import Testing

/// What double precision leaves of some hundred gates and a mean over a hundred values, with room to spare.
private let tolerance = 1e-10

struct ReferenceSimulatorTests {
    @Test(arguments: ["deep-step-small", "deep-step-ref6"])
    func agreesWithOtherSimulatorsOnTheDeepStep(name: String) throws {
        let vectors = try vectors(name, as: DeepStepVectors.self)
        let step = try vectors.step()
        let values = ReferenceSimulator.expectations(
            step.circuit, features: step.features, parameters: step.parameters)
        #expect(abs(vectors.loss(of: values) - vectors.loss) < tolerance)
        expectAgreement(with: step)
    }

    @Test func agreesWithOtherSimulatorsOnThePaperStep() throws {
        let vectors = try vectors("paper-step", as: PaperStepVectors.self)
        let step = try vectors.step()
        let observables = step.circuit.tasks.flatMap { task in
            task.observables.map { $0.relabelled { task.register[$0] }.description }
        }
        #expect(observables == vectors.observables)
        expectAgreement(with: step)
    }

    private func expectAgreement(with step: ReferenceStep) {
        let values = ReferenceSimulator.expectations(
            step.circuit, features: step.features, parameters: step.parameters)
        let gradients = ReferenceSimulator.gradients(
            step.circuit, features: step.features, parameters: step.parameters, cotangent: step.cotangent)
        #expect(gradients.expectations == values)
        #expect(distance(values.flatMap(\.self), step.expectations.flatMap(\.self)) < tolerance)
        #expect(
            distance(gradients.features.flatMap(\.self), step.featureGradient.flatMap(\.self)) < tolerance)
        #expect(distance(gradients.parameters, step.parameterGradient) < tolerance)
    }
}
