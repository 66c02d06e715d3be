extension NoiseDescription {
    /// One-number models; the number is a probability.
    private enum BuiltIn: String, CaseIterable {
        case depolarizing
        case amplitudeDamping = "amplitude-damping"
        case phaseDamping = "phase-damping"
        case bitFlip = "bit-flip"
        case phaseFlip = "phase-flip"
        case readout
    }

    /// The names of the models that need no file.
    public static var builtInNames: [String] { BuiltIn.allCases.map(\.rawValue) }

    /// The model called `NAME:P`, such as `depolarizing:0.01`: that channel behind every gate, or wrong readouts.
    /// - Throws: `NoiseError.unknownModel`, `.outOfRange`.
    public init(named text: String) throws(NoiseError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = BuiltIn(rawValue: String(parts[0])),
            let probability = Double(parts[1])
        else { throw .unknownModel(name: text) }
        guard (0...1).contains(probability) else {
            throw .outOfRange(name: text, value: probability, range: "a probability from 0 to 1")
        }
        self.init()
        name = text
        let channel: ChannelDescription
        switch kind {
        case .depolarizing: channel = .depolarizing(probability: probability)
        case .amplitudeDamping: channel = .amplitudeDamping(probability: probability)
        case .phaseDamping: channel = .phaseDamping(probability: probability)
        case .bitFlip: channel = .bitFlip(probability: probability)
        case .phaseFlip: channel = .phaseFlip(probability: probability)
        case .readout:
            readout = [ReadoutNoise(zeroToOne: probability, oneToZero: probability)]
            return
        }
        gates = [GateNoise(gates: GateKind.allCases, channel: channel)]
    }
}
