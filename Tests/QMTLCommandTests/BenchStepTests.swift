import Datasets
import Foundation
import Testing

struct BenchStepTests {
    @Test(arguments: ["cpu", "reference"]) func outputsOfAFileOfInputs(backend: String) async throws {
        try await TemporaryFolder.with { folder in
            let (inputs, outputs) = (folder.appending(path: "in.npz"), folder.appending(path: "out.npz"))
            try NPZFile(arrays: Self.arrays).write(to: inputs)
            let outcome = try QMTLProgram.run(
                "bench", "step", "--inputs", inputs.path, "--outputs", outputs.path, "--backend", backend,
                "--json", "--seconds", "0.1")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try outcome.object()
            for key in [
                "median_s", "min_s", "max_s", "setup_s", "launches_per_step", "circuits_per_second", "gflops",
                "peak_rss_mb", "threads",
            ] {
                #expect(answer[key] is Double, "\(key)")
            }
            #expect(answer["backend"] as? String == backend)
            #expect(answer["device"] is String)

            let arrays = try NPZFile(contentsOf: outputs).arrays
            #expect(arrays.keys.sorted() == ["E", "d_a", "d_b", "d_c", "d_phi", "d_theta", "d_x", "loss"])
            // One qubit: RY(x + theta + a + c) |0> where phi = b = 0, so E = cos of the sum, p = (1 + E) / 2.
            let angle: Float = 0.1 + 0.3 + 0.4 + 0.5
            let probability = (1 + cos(angle)) / 2
            let tolerance: Float = 1e-6
            #expect(abs(try #require(arrays["E"]).values[0] - cos(angle)) < tolerance)
            #expect(abs(try #require(arrays["loss"]).values[0] + log(probability)) < tolerance)
            let slope = sin(angle) / 2 / probability
            for name in ["d_x", "d_theta", "d_a", "d_c"] {
                #expect(abs(try #require(arrays[name]).values[0] - slope) < tolerance, "\(name)")
            }
        }
    }

    @Test func inputsThatDoNotFitAreBadInput() async throws {
        try await TemporaryFolder.with { folder in
            let inputs = folder.appending(path: "in.npz")
            try NPZFile(arrays: Self.arrays).write(to: inputs)
            func run(_ arguments: String...) throws -> QMTLProgram.Outcome {
                try QMTLProgram.run(["bench", "step", "--inputs", inputs.path] + arguments)
            }
            try run("--preset", "paper").expectFailure(65, naming: "paper", "theta")
            try run("--tasks", "7").expectFailure(64, naming: "--tasks", inputs.path)
            try Data("no archive".utf8).write(to: inputs)
            try run().expectFailure(65, naming: inputs.path)
            try FileManager.default.removeItem(at: inputs)
            try run().expectFailure(65, naming: inputs.path)
        }
    }

    @Test func outputsThatCannotBeWrittenAreAFailure() throws {
        try QMTLProgram.run("bench", "step", "--seconds", "0", "--outputs", "/dev/null/out.npz")
            .expectFailure(1, naming: "/dev/null/out.npz")
    }

    /// One sample, one task, one qubit, one stage and one layer.
    private static let arrays = [
        "x": NumericArray(shape: [1, 1], values: [0.1]), "y": NumericArray(shape: [1, 1], values: [1]),
        "phi": NumericArray(shape: [1, 1], values: [0]), "theta": NumericArray(shape: [1, 1], values: [0.3]),
        "a": NumericArray(shape: [1, 1, 1], values: [0.4]), "b": NumericArray(shape: [1, 1, 1], values: [0]),
        "c": NumericArray(shape: [1, 1], values: [0.5]),
    ]
}
