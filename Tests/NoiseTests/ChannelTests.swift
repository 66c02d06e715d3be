import Circuits
import Noise
import Numerics
import Testing

/// Transfer matrices against their closed forms; rows and columns are I, X, Y, Z.
struct ChannelTests {
    @Test func depolarizingScalesEveryPauliOperator() throws {
        let one = try Channel.depolarizing(probability: 0.3).transfer
        let two = try Channel.depolarizing(probability: 0.3, qubitCount: 2).transfer
        for (matrix, count) in [(one, 4), (two, 16)] {
            for row in 0..<count {
                for column in 0..<count {
                    let expected = row != column ? 0 : row == 0 ? 1 : 0.7
                    #expect(abs(matrix[row, column] - expected) < 1e-12)
                }
            }
        }
    }

    /// Populations decay with T1, coherences with T2: Z -> e^(-t/T1) Z + (1 - e^(-t/T1)), X -> e^(-t/T2) X.
    @Test(arguments: [(50.0, 100.0), (50.0, 30.0), (.infinity, 40.0)])
    func thermalRelaxationDecaysWithItsTimes(t1: Double, t2: Double) throws {
        let matrix = try Channel.thermalRelaxation(t1: t1, t2: t2, time: 7).transfer
        let (population, coherence) = (Double.exp(-7 / t1), Double.exp(-7 / t2))
        let expected = [
            [1, 0, 0, 0], [0, coherence, 0, 0], [0, 0, coherence, 0],
            [1 - population, 0, 0, population],
        ]
        for row in 0..<4 {
            for column in 0..<4 { #expect(abs(matrix[row, column] - expected[row][column]) < 1e-12) }
        }
    }

    @Test func amplitudeAndPhaseDampingHaveTheirCoherences() throws {
        let amplitude = try Channel.amplitudeDamping(probability: 0.36).transfer
        #expect(abs(amplitude[1, 1] - 0.8) < 1e-12 && abs(amplitude[3, 3] - 0.64) < 1e-12)
        #expect(abs(amplitude[3, 0] - 0.36) < 1e-12)
        let phase = try Channel.phaseDamping(probability: 0.36).transfer
        #expect(abs(phase[1, 1] - 0.8) < 1e-12 && abs(phase[3, 3] - 1) < 1e-12)
    }

    // X leaves X and turns Y and Z round: 1 - 2 (p_Y + p_Z) for X, and so on.
    @Test func pauliChannelsAreDiagonal() throws {
        let matrix = try Channel.pauli(probabilities: ["X": 0.1, "Y": 0.2, "Z": 0.05]).transfer
        for (row, value) in [(0, 1.0), (1, 0.5), (2, 0.7), (3, 0.4)] {
            #expect(abs(matrix[row, row] - value) < 1e-12)
        }
        // The first letter is the first qubit's.
        let pair = try Channel.pauli(probabilities: ["XI": 0.1]).transfer
        #expect(abs(pair[3, 3] - 0.8) < 1e-12 && abs(pair[12, 12] - 1) < 1e-12)
    }

    @Test func anOverRotationOfARotationIsARotation() {
        for (gate, axis) in [(GateKind.rotationX, Pauli.x), (.pauliY, .y), (.rotationZ, .z)] {
            let matrix = Channel.overRotation(of: gate, angle: 0.3).transfer
            let expected = TransferMatrix.rotation(axis, angle: 0.3)
            #expect(zip(matrix.entries, expected.entries).allSatisfy { abs($0 - $1) < 1e-12 })
        }
    }

    /// A controlled Z that gives its phase pi more undoes itself.
    @Test func aPhaseTooFarByPiIsAnotherControlledZ() {
        let matrix = Channel.overRotation(of: .controlledZ, angle: .pi).transfer
        #expect(zip(matrix.entries, TransferMatrix.controlledZ.entries).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func reachTellsWhatCanSpread() throws {
        #expect(try Channel.thermalRelaxation(t1: 5, t2: 3, time: 1).transfer.reach == .keepsAxes)
        #expect(try Channel.depolarizing(probability: 0.1, qubitCount: 2).transfer.reach == .keepsAxes)
        #expect(Channel.overRotation(of: .rotationX, angle: 0.1).transfer.reach == .mixesAxes)
        #expect(Channel.overRotation(of: .controlledZ, angle: 0.1).transfer.reach == .couples)
    }

    @Test func errorsCarryTheirValues() {
        #expect(throws: NoiseError.outOfRange(name: "probability", value: 1.5, range: probability)) {
            try Channel.depolarizing(probability: 1.5)
        }
        #expect(throws: NoiseError.outOfRange(name: "probability", value: -0.1, range: probability)) {
            try Channel.amplitudeDamping(probability: -0.1)
        }
        #expect(
            throws: NoiseError.outOfRange(name: "the sum of probabilities", value: 1.25, range: probability)
        ) {
            try Channel.pauli(probabilities: ["X": 0.5, "Y": 0.5, "Z": 0.25])
        }
        #expect(throws: NoiseError.invalidPauli("Q")) { try Channel.pauli(probabilities: ["Q": 0.5]) }
        #expect(throws: NoiseError.impossibleTimes(t1: 10, t2: 21)) {
            try Channel.thermalRelaxation(t1: 10, t2: 21, time: 1)
        }
        #expect(throws: NoiseError.outOfRange(name: "t1", value: 0, range: "a positive time")) {
            try Channel.thermalRelaxation(t1: 0, t2: 0, time: 1)
        }
        let half = Operator(dimension: 2, entries: [0.5, 0, 0, 0.5].map { Complex($0) })
        #expect(throws: NoiseError.notTracePreserving(deviation: 0.75)) {
            try Channel(krausOperators: [half])
        }
        #expect(throws: NoiseError.differentOperators) { try Channel(krausOperators: []) }
        #expect(throws: NoiseError.tooWideChannel(gate: "rx")) {
            var model = NoiseModel()
            try model.add(.depolarizing(probability: 0.1, qubitCount: 2), after: .rotationX)
        }
        #expect(throws: NoiseError.outOfRange(name: "zero_to_one", value: 2, range: probability)) {
            try ReadoutError(zeroToOne: 2, oneToZero: 0)
        }
    }

    private let probability = "a probability from 0 to 1"
}
