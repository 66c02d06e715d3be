import Circuits
import Noise

/// A circuit's gates, each followed by its channels.
struct NoisyCircuit: Hashable {
    /// A gate, or a channel.
    enum Step: Hashable {
        /// `folded`: whether the gate is part of a folded pair that undoes itself, and `inverse` the half that undoes.
        case gate(Gate, inverse: Bool, folded: Bool)
        case channel(TransferMatrix, qubits: [Int])

        var qubits: [Int] {
            switch self {
            case .gate(let gate, _, _): gate.qubits
            case .channel(_, let qubits): qubits
            }
        }
    }

    let qubitCount: Int
    let steps: [Step]
    private let reaches: [ChannelReach?]

    /// The gates of `circuit` with the channels that `noise` puts behind them; `place` gives a qubit's number in the model.
    ///
    /// With `folds`, a gate that has channels is run forth, back and forth again that many times.
    init(_ circuit: Circuit, noise: NoiseModel?, folds: Int, place: (Int) -> Int = { $0 }) {
        qubitCount = circuit.qubitCount
        var steps: [Step] = []
        var reaches: [ChannelReach?] = []
        var known: [TransferMatrix: ChannelReach] = [:]
        for gate in circuit.gates {
            steps.append(.gate(gate, inverse: false, folded: false))
            reaches.append(nil)
            guard let noise else { continue }
            let placed = gate.relabelled(place)
            let position = Dictionary(
                zip(placed.qubits, gate.qubits), uniquingKeysWith: { first, _ in first })
            let channels = noise.channels(after: placed)
            if channels.isEmpty { continue }
            for run in 0...2 * folds {
                if run > 0 {
                    steps.append(.gate(gate, inverse: run % 2 == 1, folded: true))
                    reaches.append(nil)
                }
                for (channel, qubits) in channels {
                    steps.append(.channel(channel.transfer, qubits: qubits.map { position[$0]! }))
                    let reach = known[channel.transfer] ?? channel.transfer.reach
                    known[channel.transfer] = reach
                    reaches.append(reach)
                }
            }
        }
        self.steps = steps
        self.reaches = reaches
    }

    /// A channel with the wires of its qubits, cut to those that have a wire; none has where it does nothing.
    static func cut(
        _ channel: TransferMatrix, on qubits: [Int], to wires: [Int: Int]
    ) -> (TransferMatrix, [Int]) {
        let inside = qubits.indices.filter { wires[qubits[$0]] != nil }
        let own = inside.count == 1 && qubits.count == 2 ? channel.marginal(position: inside[0]) : channel
        return (own, inside.map { wires[qubits[$0]]! })
    }

    /// The steps as cones see them.
    var finder: LightConeFinder {
        LightConeFinder(
            zip(steps, reaches).map { step, reach in
                switch step {
                case .gate(let gate, _, _): .gate(gate)
                case .channel(_, let qubits): .channel(qubits: qubits, reach ?? .couples)
                }
            }, qubitCount: qubitCount)
    }

    /// The gates among the `kept` steps, folded ones left out.
    func gates(_ kept: [Int]) -> [Gate] {
        kept.compactMap { index in
            if case .gate(let gate, _, false) = steps[index] { gate } else { nil }
        }
    }
}
