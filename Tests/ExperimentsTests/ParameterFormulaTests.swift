import Circuits
import Experiments
import Testing

struct ParameterFormulaTests {
    @Test func paperCountsByHand() {
        // Registers of 1, 1 and 4 qubits: n = 6, d = 18; outputs 1, 1 and 5.
        let outputs = [1, 1, 5]
        func count(_ head: HeadChoice) -> Int {
            ParameterFormula(head, outputs: outputs, featureCount: 18, readout: .logit).count
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
            HeadChoice(.quantum, preset: .deep), outputs: [1, 1, 5], featureCount: 18, readout: .born)
        #expect(formula.count == 2 * 3 * 8 + 3 * 4 * 5)
    }
}
