extension Circuit {
    /// Appends a rotation about `axis` on every qubit, by the features from `first` on; those that do not exist are left out.
    mutating func rotateByFeatures(_ axis: Pauli, from first: Int = 0) {
        for qubit in 0..<qubitCount where first + qubit < featureCount {
            appendUnchecked(.rotation(axis, qubit, .feature(first + qubit)))
        }
    }

    /// Appends the gates of `part`, whose trainable angles are those from `firstParameter` on here.
    mutating func append(_ part: Circuit, firstParameter: Int = 0) {
        for gate in part.gates {
            appendUnchecked(gate.replacingAngle { $0.shifted(parameters: firstParameter) })
        }
    }
}
