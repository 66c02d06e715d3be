import Circuits
import Training

/// How many parameters a head has by its formula, which the built model must agree with.
///
/// Nothing here looks at a circuit or a model: a count that only repeats what was built would prove nothing.
/// Source: the capacity-matched comparison of arXiv:2604.13560, where `d` grows with the number of tasks.
public struct ParameterFormula: Sendable, Equatable {
    /// The formula in words; `C_t` are the outputs and `q_t` the register of task `t`.
    public let text: String
    /// The number it gives: trainable parameters of the heads, dead angles included.
    public let count: Int

    /// The formula of `head` for tasks of `outputs[t]` outputs on `d = featureCount` features.
    ///
    /// `sizes` and `readout` are those of quantum heads; the least register also widens the slices of sliced ones.
    public init(
        _ head: HeadChoice, outputs: [Int], featureCount: Int, sizes: Preset.Sizes = Preset.Sizes(),
        readout: ReadoutKind = .scaled
    ) {
        switch head.kind {
        case .quantum:
            self.init(
                head.preset ?? .paper, outputs: outputs, featureCount: featureCount, sizes: sizes,
                readout: readout)
        case .linear:
            self.init(
                "sum_t C_t (d + 1)", count: outputs.reduce(0) { $0 + $1 * (featureCount + 1) })
        case .sliced:
            self.init(
                "sum_t C_t (3 q_t + 1)",
                count: outputs.reduce(0) { sum, outputCount in
                    let register = max(
                        Observables.registerSize(outputCount: outputCount), sizes.register ?? 1)
                    return sum + outputCount * (3 * register + 1)
                })
        }
    }

    private init(
        _ preset: Preset, outputs: [Int], featureCount: Int, sizes: Preset.Sizes, readout: ReadoutKind
    ) {
        let least: Int
        switch preset.placement {
        case .local: least = sizes.register ?? preset.minimumRegister
        case .shared(let qubits):
            least = sizes.register ?? min(preset.minimumRegister, sizes.qubits ?? qubits)
        }
        let registers = outputs.map { max(Observables.registerSize(outputCount: $0), least) }
        let qubits =
            switch preset.placement {
            case .local: registers.reduce(0, +)
            case .shared(let qubits): sizes.qubits ?? qubits
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
        let rotations = block.axes.count * (sizes.layers ?? block.layers) + block.closingAxes.count
        let scales: Int
        switch readout {
        case .scaled: scales = 2 * outputs.reduce(0, +)
        case .logit, .born: scales = 0
        }
        self.init(
            "\(encodingText)sum_t q_t (\(block.axes.count) m + \(block.closingAxes.count))"
                + (scales > 0 ? " + 2 sum_t C_t" : ""),
            count: encoding + registers.reduce(0, +) * rotations + scales)
    }

    private init(_ text: String, count: Int) {
        self.text = text
        self.count = count
    }
}
