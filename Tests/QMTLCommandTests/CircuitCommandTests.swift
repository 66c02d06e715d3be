import Foundation
import Testing

struct CircuitCommandTests {
    private static let program = """
        OPENQASM 3.0;
        include "stdgates.inc";
        input float[64] a;
        qubit[2] q;
        ry(2*a) q[0];
        cx q[0], q[1];
        """

    /// RY(2a) and a controlled X make `<Z1> = cos 2a` and `<X0 X1> = sin 2a`.
    @Test(arguments: ["cpu", "reference"])
    func aCircuitIsRun(backend: String) async throws {
        try await TemporaryFolder.with { folder in
            let (circuit, values) = (folder.appending(path: "c.qasm"), folder.appending(path: "v.json"))
            try Self.program.write(to: circuit, atomically: true, encoding: .utf8)
            try "{\"a\": [0, 0.25]}".write(to: values, atomically: true, encoding: .utf8)
            let answer = try QMTLProgram.run(
                "run", circuit.path, "--observables", "Z1,X0*X1", "--bind", values.path, "--gradient",
                "--json",
                "--backend", backend
            ).object()
            #expect(answer["inputs"] as? [String] == ["a"])
            #expect(answer["observables"] as? [String] == ["Z1", "X0*X1"])
            let expectations = try #require(answer["expectations"] as? [[Double]])
            let gradients = try #require(answer["gradients"] as? [[[Double]]])
            for (row, a) in [0, 0.25].enumerated() {
                #expect(abs(expectations[row][0] - cos(2 * a)) < 1e-6)
                #expect(abs(expectations[row][1] - sin(2 * a)) < 1e-6)
                #expect(abs(gradients[row][0][0] + 2 * sin(2 * a)) < 1e-6)
                #expect(abs(gradients[row][1][0] - 2 * cos(2 * a)) < 1e-6)
            }
        }
    }

    /// A depolarising channel of strength p behind one gate leaves 1 - p of a Pauli operator's value.
    @Test func aCircuitIsMeasuredUnderNoise() async throws {
        try await TemporaryFolder.with { folder in
            let circuit = folder.appending(path: "c.qasm").path
            try "include \"stdgates.inc\"; qubit q; rx(0.5) q;"
                .write(toFile: circuit, atomically: true, encoding: .utf8)
            let exact = try QMTLProgram.run(
                "run", circuit, "--observables", "Z0", "--noise", "depolarizing:0.03", "--json", "--backend",
                "cpu"
            ).object()
            let value = try #require((exact["expectations"] as? [[Double]])?.first?.first)
            #expect(abs(value - (1 - 0.03) * cos(0.5)) < 1e-6)
            #expect(exact["standard_errors"] == nil && exact["shots"] == nil)

            let shots = 4096
            let estimate = try QMTLProgram.run(
                "run", circuit, "--observables", "Z0", "--noise", "depolarizing:0.03", "--shots", "\(shots)",
                "--json", "--backend", "cpu"
            ).object()
            let found = try #require((estimate["expectations"] as? [[Double]])?.first?.first)
            let error = try #require((estimate["standard_errors"] as? [[Double]])?.first?.first)
            #expect(abs(error - ((1 - value * value) / Double(shots)).squareRoot()) < 0.2 * error)
            #expect(abs(found - value) < 5 * error)
            #expect(estimate["shots"] as? Int == shots)
            let extrapolated = try QMTLProgram.run(
                "run", circuit, "--observables", "Z0", "--mitigate", "linear", "--gradient", "--quiet")
            extrapolated.expectFailure(64, naming: "have no gradients")
        }
    }

    /// A derivative by the parameter shift rule: RY(2a) gives -2 sin 2a, with the spread of two means of the shots.
    @Test func gradientsAreEstimatedFromShots() async throws {
        try await TemporaryFolder.with { folder in
            let (circuit, values) = (folder.appending(path: "c.qasm"), folder.appending(path: "v.json"))
            try Self.program.write(to: circuit, atomically: true, encoding: .utf8)
            try "{\"a\": 0.25}".write(to: values, atomically: true, encoding: .utf8)
            let answer = try QMTLProgram.run(
                "run", circuit.path, "--observables", "Z1", "--bind", values.path, "--gradient", "--shots",
                "10000", "--json", "--backend", "cpu"
            ).object()
            let gradient = try #require((answer["gradients"] as? [[[Double]]])?[0][0][0])
            #expect(abs(gradient + 2 * sin(0.5)) < 5 * 2 * 0.0071 && gradient != -2 * sin(0.5))
            #expect(answer["shots"] as? Int == 10000)
        }
    }

    @Test func wrongCircuitsAndValuesAreExplained() async throws {
        try await TemporaryFolder.with { folder in
            func file(_ name: String, _ text: String) throws -> String {
                let url = folder.appending(path: name)
                try text.write(to: url, atomically: true, encoding: .utf8)
                return url.path
            }
            func run(_ circuit: String, _ bind: String? = nil) throws -> QMTLProgram.Outcome {
                try QMTLProgram.run(
                    ["run", circuit, "--observables", "Z0", "--backend", "cpu"]
                        + (bind.map { ["--bind", $0] } ?? []))
            }
            let circuit = try file("c.qasm", Self.program)
            try run(file("bad.qasm", "qubit q;\nrx(1) q;")).expectFailure(
                65, naming: "bad.qasm, line 2, column 1")
            try run("/no/c.qasm").expectFailure(65, naming: "/no/c.qasm", "cannot be read")
            try run(circuit).expectFailure(64, naming: "'a'", "--bind")
            try run(circuit, file("b.json", "{}")).expectFailure(65, naming: "'a'")
            try run(circuit, file("b.json", "{\"a\": 1, \"c\": 1}")).expectFailure(65, naming: "'c'")
            try run(circuit, file("b.json", "{\"a\": \"x\"}")).expectFailure(
                65, naming: "'a' must be a number")
            try run(circuit, file("b.json", "[1]")).expectFailure(65, naming: "JSON object")
            try run(circuit, file("b.txt", "1")).expectFailure(65, naming: ".json or .npz")
            try QMTLProgram.run("run", circuit, "--observables", "Q0").expectFailure(64, naming: "Q0")
            try QMTLProgram.run("run", circuit, "--observables", "Z2", "--backend", "cpu")
                .expectFailure(64, naming: "qubit 2")
        }
    }

    @Test func trainedCircuitsAreExported() async throws {
        try await TemporaryFolder.with { folder in
            func train(_ head: String) throws -> String {
                let run = folder.appending(path: head).path
                let outcome = try QMTLProgram.run(
                    "train", "--dataset", "digits:2", "--head", head, "--epochs", "1", "--out", run, "--quiet"
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                return run
            }
            let paper = try train("quantum:paper")
            let open = try QMTLProgram.run("export", paper).output
            #expect(open.contains("input float[64] x5;"))
            #expect(open.contains("// Expectation values of 'group-01234': Z0"))

            // The exported circuit at a sample gives what the exported circuit gives at that sample's angles.
            let bound = folder.appending(path: "bound.qasm").path
            #expect(try QMTLProgram.run("export", paper, "--sample", "7", "--out", bound).status == 0)
            let values = try QMTLProgram.run("run", bound, "--observables", "Z0,Z1", "--json").object()
            let expectations = try #require(values["expectations"] as? [[Double]])
            #expect(expectations.count == 1 && expectations[0].allSatisfy { abs($0) <= 1 })

            let drawing = try QMTLProgram.run("export", paper, "--task", "group-01235", "--format", "text")
            #expect(drawing.output.contains("RX(x0)"))
            #expect(try QMTLProgram.run("export", paper, "--format", "svg").output.hasPrefix("<svg"))
            try QMTLProgram.run("export", paper, "--task", "none").expectFailure(
                64, naming: "none", "group-01234")
            try QMTLProgram.run("export", paper, "--sample", "9999").expectFailure(64, naming: "9999")
            try QMTLProgram.run("export", train("quantum:deep")).expectFailure(64, naming: "--task")
            try QMTLProgram.run("export", train("linear")).expectFailure(65, naming: "'linear'")
        }
    }
}
