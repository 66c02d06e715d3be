import Circuits
import Testing

@Suite struct AngleTests {
    @Test func productsAreInSimplestForm() {
        #expect(1 * Angle.parameter(3) == .parameter(3))
        #expect(2 * (0.5 * Angle.feature(1)) == .feature(1))
        #expect(2 * Angle.constant(0.25) == .constant(0.5))
        #expect(0 * Angle.parameter(1) == .constant(0))
        #expect(.feature(4) * .feature(1) == Angle.feature(1) * .feature(4))
        #expect(.constant(3) * .parameter(2) == 3 * Angle.parameter(2))
    }

    @Test func productsNameTheirEntries() {
        let angle = 0.5 * (.feature(4) * (.parameter(2) * .feature(1)))
        #expect(angle.parameters == [2])
        #expect(angle.features == [1, 4])
        #expect((Angle.feature(1) * .feature(1)).features == [1, 1])
        #expect(
            angle.shifted(parameters: 10, features: 1) == 0.5 * (.feature(5) * (.parameter(12) * .feature(2)))
        )
    }

    @Test func productsAreWrittenWithTheirFactor() {
        #expect("\(0.5 * Angle.parameter(3))" == "0.5θ3")
        #expect("\(-1 * Angle.feature(0))" == "-x0")
        #expect("\(Angle.feature(1) * .feature(0))" == "x0x1")
        #expect("\(2 * (.parameter(1) * .feature(0)))" == "2.0θ1x0")
    }

    @Test func productsOfMissingEntriesAreRefused() {
        var circuit = Circuit(qubitCount: 1, parameterCount: 1, featureCount: 1)
        #expect(throws: CircuitError.parameterOutOfRange(index: 1, count: 1)) {
            try circuit.append(.rotation(.x, 0, 0.5 * .parameter(1)))
        }
        #expect(throws: CircuitError.featureOutOfRange(index: 2, count: 1)) {
            try circuit.append(.rotation(.x, 0, .feature(0) * .feature(2)))
        }
    }
}
