extension DeviceCalibration {
    /// The channels that follow one native gate, each with positions among its qubits.
    ///
    /// A depolarising channel, then thermal relaxation of each qubit for the gate's length, such that both together have
    /// the calibrated average fidelity: the rules of Qiskit Aer's `NoiseModel.from_backend`. Numbers outside of what is
    /// possible are moved to its border, as there.
    func channels(of gate: String, on qubits: [Int]) throws(NoiseError) -> [NoiseModel.Attachment] {
        guard let calibrated = gates[gate]?[qubits] else { return [] }
        var relaxations: [NoiseModel.Attachment] = []
        var processFidelity = 1.0
        for (position, index) in qubits.enumerated() where calibrated.length > 0 {
            let qubit = self.qubits[index]
            let t1 = qubit.t1 ?? .infinity
            let channel = try Channel.thermalRelaxation(
                t1: t1, t2: min(qubit.t2 ?? 2 * t1, 2 * t1), time: calibrated.length)
            processFidelity *= channel.transfer.processFidelity
            relaxations.append(NoiseModel.Attachment(channel: channel, positions: [position]))
        }
        let dimension = Double(1 << qubits.count)
        let fidelity = (dimension * processFidelity + 1) / (dimension + 1)
        guard let error = calibrated.error, error > 1 - fidelity else { return relaxations }
        let possible = min(error, dimension / (dimension + 1))
        let parameter = dimension * (possible - (1 - fidelity)) / (dimension * fidelity - 1)
        let square = dimension * dimension
        let depolarizing = Channel.depolarizing(
            parameter: min(parameter, square / (square - 1)), qubitCount: qubits.count)
        return [
            NoiseModel.Attachment(channel: depolarizing, positions: Array(qubits.indices))
        ] + relaxations
    }

    /// The noise of circuits whose qubit `i` lies on the device's qubit `layout[i]`.
    ///
    /// Gates here are not the device's own. Each brings the noise of the native gates it takes: rotations about Z are
    /// free; RX and RY take two `sx`, the Hadamard gate one, Pauli X and Y one `x`; CZ takes the native two-qubit gate,
    /// and, where that is `ecr`, one `sx` on each qubit; CX takes a CZ and two `sx` on its target.
    public func noiseModel(layout: [Int]) throws(NoiseError) -> NoiseModel {
        var model = NoiseModel()
        for (qubit, native) in layout.enumerated() {
            let turn = try channels(of: "sx", on: [native])
            let flip = try channels(of: "x", on: [native])
            func add(_ gate: GateKind, _ attachments: [NoiseModel.Attachment]) {
                model.add(NoiseModel.Rule(gate: gate, place: .exactly([qubit]), attachments: attachments))
            }
            add(.hadamard, turn)
            add(.rotationX, turn + turn)
            add(.rotationY, turn + turn)
            add(.pauliX, flip)
            add(.pauliY, flip)
            if let readout = qubits[native].readout { model.set(readout, on: [qubit]) }
        }
        var pairs: Set<Set<Int>> = []
        for first in layout.indices {
            for second in layout.indices where first != second {
                guard let pair = try controlledZ(layout[first], layout[second]) else { continue }
                pairs.insert([first, second])
                let turn = try channels(of: "sx", on: [layout[second]]).map {
                    NoiseModel.Attachment(channel: $0.channel, positions: [1])
                }
                let place = NoiseModel.Rule.Place.exactly([first, second])
                model.add(NoiseModel.Rule(gate: .controlledZ, place: place, attachments: pair))
                model.add(
                    NoiseModel.Rule(gate: .controlledX, place: place, attachments: turn + pair + turn))
            }
        }
        model.restrict(
            to: NoiseModel.Coupling(device: name, pairs: pairs, qubitCount: layout.count))
        return model
    }

    /// The noise of a controlled Z between two of the device's qubits; nil where they are no neighbours.
    private func controlledZ(_ first: Int, _ second: Int) throws(NoiseError) -> [NoiseModel.Attachment]? {
        // A native gate may run in one direction only.
        let orders = [[first, second], [second, first]]
        guard let order = orders.first(where: { gates[entangler]?[$0] != nil }) else { return nil }
        var attachments = try channels(of: entangler, on: order).map { attachment in
            NoiseModel.Attachment(
                channel: attachment.channel,
                positions: attachment.positions.map { order == orders[0] ? $0 : 1 - $0 })
        }
        if entangler == "ecr" {
            for (position, native) in orders[0].enumerated() {
                attachments += try channels(of: "sx", on: [native]).map {
                    NoiseModel.Attachment(channel: $0.channel, positions: [position])
                }
            }
        }
        return attachments
    }

    /// The noise of circuits in the device's own gates, whose qubit `i` is the device's qubit `layout[i]`.
    ///
    /// A quarter turn about X is the square root of X, and brings its noise; so does any other rotation about X, where it is
    /// a gate of the device. Gates that circuits do not have are written with others, of which one brings the noise:
    /// a controlled Z is noisy in ascending order of its qubits, a controlled X has the noise of an echoed cross resonance
    /// or, where the device has controlled Z, of a rotation about ZZ; the Hadamard gate and Pauli Y and Z bring none.
    public func nativeNoiseModel(layout: [Int]) throws(NoiseError) -> NoiseModel {
        var model = NoiseModel()
        for (qubit, native) in layout.enumerated() {
            for (gate, name) in [(GateKind.rotationX, "sx"), (.pauliX, "x")] {
                model.add(
                    NoiseModel.Rule(
                        gate: gate, place: .exactly([qubit]),
                        attachments: try channels(of: name, on: [native])))
            }
            if let readout = qubits[native].readout { model.set(readout, on: [qubit]) }
        }
        let pairGate = entangler == "ecr" ? "ecr" : "rzz"
        for first in layout.indices {
            for second in layout.indices where first != second {
                let (place, native) = ([first, second], [layout[first], layout[second]])
                if entangler == "cz", native[0] < native[1], let pair = try controlledZ(native[0], native[1])
                {
                    model.add(
                        NoiseModel.Rule(gate: .controlledZ, place: .exactly(place), attachments: pair))
                }
                model.add(
                    NoiseModel.Rule(
                        gate: .controlledX, place: .exactly(place),
                        attachments: try channels(of: pairGate, on: native)))
            }
        }
        return model
    }
}
