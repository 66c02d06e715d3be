/// How often the outcome of measuring one qubit is read wrongly.
public struct ReadoutError: Hashable, Sendable {
    /// The probability of reading 1 where the qubit is 0.
    public let zeroToOne: Double
    /// The probability of reading 0 where the qubit is 1.
    public let oneToZero: Double

    /// A readout error.
    /// - Throws: `NoiseError.outOfRange`.
    public init(zeroToOne: Double, oneToZero: Double) throws(NoiseError) {
        for (name, value) in [("zero_to_one", zeroToOne), ("one_to_zero", oneToZero)]
        where !(0...1).contains(value) {
            throw .outOfRange(name: name, value: value, range: "a probability from 0 to 1")
        }
        self.zeroToOne = zeroToOne
        self.oneToZero = oneToZero
    }

    /// What is measured of a Pauli operator `P` with this error is `scale * P + offset`.
    public var scale: Double { 1 - zeroToOne - oneToZero }

    /// See `scale`.
    public var offset: Double { oneToZero - zeroToOne }
}
