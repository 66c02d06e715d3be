import OpenQASM
import Testing

struct AngleExpressionTests {
    private static let texts = [
        "a", "-a", "a/2 + b", "2*(a - b) - pi/4", "a*b", "(a + 1)*(b - 2)", "a/b", "1/(a + b*b)", "a**2",
        "b**a", "2.5**b",
        "sin(a)", "cos(a*b)*tan(b)", "exp(-a)", "log(a)/b", "sqrt(a + b)", "arcsin(a/2)", "arccos(b/3)",
        "arctan(a*b)",
        "sin(cos(a))**3 - b*sqrt(a)", "3*a*b + 2*a*b",
    ]

    private func program(_ text: String) throws -> OpenQASMProgram {
        try OpenQASMProgram(
            "include \"stdgates.inc\"; input float a; input float b; qubit q; rx(\(text)) q;")
    }

    /// The chain rule against central differences: at a step of 1e-5 they are good to 1e-9 here.
    @Test(arguments: texts)
    func derivatives(text: String) throws {
        let expression = try #require(try program(text).angles.first)
        let point = [0.7, 1.3]
        var gradient = [0.0, 0.0]
        expression.addGradient(at: point, weight: 1, to: &gradient)
        for input in 0..<2 {
            var (above, below) = (point, point)
            above[input] += 1e-5
            below[input] -= 1e-5
            let difference = (expression.value(at: above) - expression.value(at: below)) / 2e-5
            #expect(abs(gradient[input] - difference) < 1e-8)
        }
    }

    @Test(arguments: texts)
    func textsAreReadAsTheyWere(text: String) throws {
        let expression = try #require(try program(text).angles.first)
        let written = expression.text(inputs: ["a", "b"])
        #expect(try program(written).angles.first == expression, "\(written)")
    }

    @Test func numbersAreWrittenExactly() throws {
        #expect(AngleExpression.text(.pi) == "pi")
        #expect(AngleExpression.text(-3 * .pi / 4) == "-3*pi/4")
        #expect(AngleExpression.text(0.1) == "0.1")
        #expect(AngleExpression.text(1e-7) == "1e-07")
        for value in [0.1, -1e-7, 12345.678, .pi.nextUp, 7 * .pi / 16, -0.5] {
            let gates = try OpenQASMProgram(
                "include \"stdgates.inc\"; qubit q; rx(\(AngleExpression.text(value))) q;"
            ).circuit.gates
            #expect(gates == [.rotation(.x, 0, .constant(value))])
        }
    }

    @Test func termsThatCancelAreGone() throws {
        #expect(try program("a*b - b + b - a*b + 0.5").angles.isEmpty)
        #expect(try program("b + a").angles == program("a + b").angles)
    }

    /// An angle of 1e6 rad loses no digits on the way to single precision.
    @Test func featuresLieWithinHalfATurn() throws {
        let program = try program("1e6*a")
        let feature = try program.featureAngles(inputs: [[1, 0]])[0][0]
        #expect(abs(feature) <= .pi)
        #expect(abs((1e6 - feature) / (2 * .pi) - ((1e6 - feature) / (2 * .pi)).rounded()) < 1e-9)
    }

    @Test func anAngleMustBeFinite() throws {
        let program = try program("log(a - b)")
        let error = OpenQASMError.nonFiniteAngle(expression: "log(a - b)", row: 1)
        #expect(throws: error) { try program.featureAngles(inputs: [[2, 1], [1, 2]]) }
        #expect(error.description.contains("row 1"))
    }
}
