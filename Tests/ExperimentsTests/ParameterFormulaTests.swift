import Circuits
import Experiments
import Testing
import Training

struct ParameterFormulaTests {
    @Test func paperCountsByHand() {
        // Registers of 1, 1 and 4 qubits: n = 6, d = 18; outputs 1, 1 and 5.
        let outputs = [1, 1, 5]
        func count(_ head: HeadChoice) -> Int {
            ParameterFormula(head, outputs: outputs, featureCount: 18, configuration: Self.read(.logit)).count
        }
        #expect(count(HeadChoice(.quantum)) == 3 * 6 + 6 * 3)
        #expect(count(HeadChoice(.quantum, preset: .paperFixedEncoding)) == 6 * 3)
        #expect(count(HeadChoice(.quantum, preset: .separable)) == 3 * 6 + 6 * 3)
        #expect(count(HeadChoice(.linear)) == 7 * 19)
        #expect(count(HeadChoice(.sliced)) == 4 + 4 + 5 * 13)
        let scaled = ParameterFormula(HeadChoice(.quantum), outputs: outputs, featureCount: 18)
        #expect(scaled.count == 3 * 6 + 6 * 3 + 2 * 7)
    }

    @Test func deepCountsByHand() {
        // 8 qubits, 18 features: 3 stages of RZ and RY; three registers of 4 qubits, 2 m + 1 = 5 angles each.
        let formula = ParameterFormula(
            HeadChoice(.quantum, preset: .deep), outputs: [1, 1, 5], featureCount: 18,
            configuration: Self.read(.born))
        #expect(formula.count == 2 * 3 * 8 + 3 * 4 * 5)
    }

    @Test func classicalCountsByHand() {
        // T = 3, O = 7, C = 5, c = 12, d = 18.
        var sizes = HeadConfiguration()
        (sizes.rank, sizes.width, sizes.embedding) = (3, 4, 2)
        func count(_ kind: HeadKind) -> Int {
            ParameterFormula(
                HeadChoice(kind), outputs: [1, 1, 5], featureCount: 18, configuration: sizes
            ).count
        }
        #expect(count(.bottleneck) == 4 * 19 + 7 * 5)
        #expect(count(.cp) == 3 * (6 + 5 + 12) + 7)
        #expect(count(.hypernetwork) == 3 * 2 + 5 * 3 * 19)
        #expect(count(.lora) == 5 * 18 + 3 * (3 * 18 + 7))
        #expect(count(.lowRank) == 3 * (18 + 7) + 7)
        #expect(count(.mlp) == 4 * (4 + 4 + 13) + 7 * 5)
        #expect(count(.randomFeatures) == 7 * 9)
        #expect(count(.vera) == 3 * 3 + 2 * 7)
    }

    private static func read(_ readout: ReadoutKind) -> HeadConfiguration {
        var configuration = HeadConfiguration()
        configuration.readout = readout
        return configuration
    }
}
