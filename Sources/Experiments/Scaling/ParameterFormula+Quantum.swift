import Circuits
import Training

extension ParameterFormula {
    /// The formula of quantum heads.
    init(
        _ preset: Preset, outputs: [Int], featureCount: Int, configuration: HeadConfiguration
    ) {
        let least: Int
        switch preset.placement {
        case .local: least = configuration.register ?? preset.minimumRegister
        case .shared(let qubits):
            least = configuration.register ?? min(preset.minimumRegister, configuration.qubits ?? qubits)
        }
        let registers = outputs.map { max(Observables.registerSize(outputCount: $0), least) }
        let qubits =
            switch preset.placement {
            case .local: registers.reduce(0, +)
            case .shared(let qubits): configuration.qubits ?? qubits
            }
        let stages =
            switch preset.stages {
            case .fixed(let stages): stages.count
            case .repeated(let stage, let uploads):
                uploads
                    * ((featureCount + qubits * stage.dataAxes.count - 1) / (qubits * stage.dataAxes.count))
            case .amplitude: 0
            }
        let axes = preset.encodingAxisCount
        let encoding = axes * stages * qubits
        let encodingText = axes == 0 ? "" : (axes == 1 ? "S n + " : "\(axes) S n + ")

        guard preset.block != .none else {
            // A dense net 2-64-32-C behind the expectation values of each task.
            self.init(
                encodingText + "sum_t (2*64 + 64 + 64*32 + 32 + 33 C_t)",
                count: encoding + outputs.reduce(0) { $0 + 128 + 64 + 2048 + 32 + 33 * $1 })
            return
        }
        let block = preset.block
        let rotations = block.axes.count * (configuration.layers ?? block.layers) + block.closingAxes.count
        let scales: Int
        switch configuration.readout {
        case .scaled: scales = 2 * outputs.reduce(0, +)
        case .logit, .born: scales = 0
        }
        self.init(
            "\(encodingText)sum_t q_t (\(block.axes.count) m + \(block.closingAxes.count))"
                + (scales > 0 ? " + 2 sum_t C_t" : ""),
            count: encoding + registers.reduce(0, +) * rotations + scales)
    }
}
