import Circuits
import Datasets
import Execution
import LinearAlgebra

extension TrainedModel {
    /// The circuit of quantum heads with its trained angles and open features; nil for heads without a circuit.
    public var trainedCircuit: MultiTaskCircuit? {
        trainedCircuit(representation: Matrix(rows: 0, columns: model.heads.featureCount), sample: nil)
    }

    /// The circuit of quantum heads with its trained angles, at one sample; nil for heads without a circuit.
    /// - Parameters:
    ///   - features: The sample's features `[1 x D]`, as they come from the backbone.
    ///   - task: The task whose training data say how features are standardised.
    /// - Throws: `TrainingError.differentFeatureCount`.
    public func trainedCircuit(features: Matrix, task: Int) throws(TrainingError) -> MultiTaskCircuit? {
        try check(featureCount: features.columns)
        let standardized = model.data.standardized(features, source: model.data.sourceOfTask[task])
        let representation = model.trunk.representation(of: standardized, parameters: parameters.trunk)
        return trainedCircuit(representation: representation, sample: 0)
    }

    private func trainedCircuit(representation: Matrix, sample: Int?) -> MultiTaskCircuit? {
        guard let circuit = model.circuit, let heads = model.heads as? any CircuitHeads else { return nil }
        let inputs = heads.circuitInputs(features: representation, parameters: parameters.heads)
        return circuit.fixing(
            parameters: inputs.parameters.map(Double.init),
            features: sample.map { inputs.features.row($0).map(Double.init) })
    }
}
