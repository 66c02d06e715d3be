import Circuits
import Experiments
import Foundation
import Training

/// Made-up results with the shape of a comparison on the digits: binary tasks, one task of ten classes, three heads.
enum SampleResults {
    static let taskNames = (0..<10).map { "is-\($0)" } + ["even", "above-four", "loop", "digit"]

    struct Head {
        let name: String
        let preset: String?
        let level: Double
        let parameters: RunResult.Parameters
    }

    static let heads = [
        Head(
            name: "quantum", preset: "paper", level: 0.957,
            parameters: .init(head: 148, interface: 3315, dead: 4)),
        Head(name: "linear", preset: nil, level: 0.984, parameters: .init(head: 1196, interface: 3315)),
        Head(name: "sliced", preset: nil, level: 0.961, parameters: .init(head: 182, interface: 3315)),
    ]

    static let configuration = """
        dataset: digits
        head:
          kind: quantum  # <one of> quantum, linear, sliced
          preset: paper
        optimizer: {kind: adam, learning_rate: 0.01}
        epochs: 30
        """

    static func run(_ head: Head, seed: UInt64, taskNames: [String] = taskNames) -> RunResult {
        let wobble = 0.004 * sin(Double(seed) * 2.3 + head.level * 50)
        let tasks = taskNames.enumerated().map { index, name in
            task(name, score: min(head.level + wobble - 0.02 * cos(Double(index) * 1.7), 1))
        }
        let mean = tasks.reduce(0) { $0 + $1.test } / Double(tasks.count)
        return RunResult(
            dataset: "digits", samples: .init(train: 1258, validation: 269, test: 270), head: head.name,
            preset: head.preset, backend: "cpu",
            device: "2 threads, AVX2",
            seed: seed, version: "0.1.0", parameters: head.parameters,
            circuit: head.preset == nil
                ? nil
                : RunResult.CircuitSize(
                    qubits: 17, stages: 3, depth: 14, oneQubitGates: 153, twoQubitGates: 35),
            tasks: tasks, macro: RunResult.Macro(validation: mean + 0.003, test: mean), bestEpoch: 26,
            seconds: RunResult.Seconds(train: head.preset == nil ? 2.4 : 31, perStep: 0.0031),
            conflict: conflict(taskCount: tasks.count))
    }

    /// Neighbouring tasks agree, the others do not.
    static func conflict(taskCount: Int) -> GradientConflict {
        func cosines(_ wavelength: Double) -> [[Double]] {
            (0..<taskCount).map { row in
                (0..<taskCount).map { column in cos(Double(row - column) / wavelength) }
            }
        }
        return GradientConflict(samples: 128, initial: cosines(3), trained: cosines(1.5))
    }

    static func task(_ name: String, score: Double) -> RunResult.TaskScore {
        let isDigit = name == "digit"
        return RunResult.TaskScore(
            name: name, kind: isDigit ? "classes" : "binary",
            metric: isDigit ? "accuracy" : "balanced-accuracy",
            validation: score + 0.003, test: score, loss: 1.1 - score,
            calibrationError: 0.02 + (1 - score) / 2,
            brier: (1 - score) / 1.5,
            confusion: isDigit ? confusion : [[225, 20], [4, 21]],
            reliability: (8..<15).map { bin in
                let confidence = (Double(bin) + 0.5) / 15
                return RunResult.ReliabilityBin(
                    confidence: confidence,
                    accuracy: min(1, confidence + 0.08 * (1 - confidence) + 0.02 * (score - 0.95) * 10),
                    count: 4 + (bin - 7) * (bin - 7) * 4)
            },
            calibrated: RunResult.Calibrated(
                temperature: 0.8, loss: 1 - score, calibrationError: 0.01 + (1 - score) / 4,
                brier: (1 - score) / 2,
                reliability: (8..<15).map { bin in
                    let confidence = (Double(bin) + 0.5) / 15
                    return RunResult.ReliabilityBin(
                        confidence: confidence, accuracy: min(1, confidence + 0.01), count: 20 * (bin - 7))
                }))
    }

    static let confusion = (0..<10).map { row in
        (0..<10).map { column in row == column ? 25 : (row * 3 + column) % 7 == 0 ? 1 + row % 3 : 0 }
    }

    static func history(_ head: Head, seed: UInt64, epochs: Int = 30) -> [EpochRecord] {
        (1...epochs).map { epoch in
            let progress = 1 - exp(-Double(epoch) / (head.preset == nil ? 3 : 6))
            let noise = 0.006 * sin(Double(epoch) * 1.9 + Double(seed) * 4)
            return EpochRecord(
                epoch: epoch, trainLoss: 0.7 - 0.6 * progress + noise,
                validationLoss: 0.72 - 0.57 * progress - noise,
                validationMacro: 0.5 + (head.level - 0.5) * progress + noise,
                validation: ["even": 0.5 + 0.4 * progress], learningRate: 0.01)
        }
    }

    static func runs(seeds: [UInt64] = [0, 1, 2]) -> [RunResult] {
        heads.flatMap { head in seeds.map { run(head, seed: $0) } }
    }

    static func histories(seeds: [UInt64] = [0, 1, 2]) -> [[EpochRecord]] {
        heads.flatMap { head in seeds.map { history(head, seed: $0) } }
    }

    /// The same tasks, each learnt alone.
    static func aloneRuns(of head: Head, seeds: [UInt64] = [0, 1, 2]) -> [RunResult] {
        seeds.flatMap { seed in
            run(head, seed: seed).tasks.map { task in
                var result = run(head, seed: seed, taskNames: [task.name])
                result.tasks[0].test = task.test * 1.25
                return result
            }
        }
    }

    /// The sample with one primary pair, quantum against sliced, and with the multi-task gain of the linear heads.
    static func plannedComparison() throws -> Experiments.HeadComparison {
        try Experiments.HeadComparison.make(
            runs(), alone: aloneRuns(of: heads[1]),
            primary: PrimaryComparisons(HeadChoice(.quantum), against: [HeadChoice(.sliced)]),
            report: "report.html")
    }

    // Named with its module: Foundation has a type of the same name.
    static func comparison(seeds: [UInt64] = [0, 1, 2]) throws -> Experiments.HeadComparison {
        try Experiments.HeadComparison.make(runs(seeds: seeds), report: "report.html")
    }

    /// What a search may have chosen.
    static let tuning = TuningResult(
        search: .grid, trials: 2, runs: 8, seconds: 12,
        choices: [nil, "even"].map { task in
            TuningResult.Choice(
                head: HeadChoice(.linear), task: task, fold: nil, values: ["optimizer.learning_rate": "0.03"],
                validation: 0.9)
        }, failures: [Grid.Failure(run: "tuning/mlp/trial-0/seed-1", error: "too narrow")])

    /// Twenty heads with five seeds each; the first is a quantum head.
    static func manyRuns(taskNames: [String] = taskNames) -> [RunResult] {
        (0..<20).flatMap { index in
            let head = Head(
                name: index == 1 ? "linear" : index == 2 ? "sliced" : "head-\(index)",
                preset: index == 0 ? "paper" : nil, level: 0.93 + 0.0025 * Double(index * 7 % 20),
                parameters: .init(head: 100 + 90 * index, interface: 3315))
            return (0..<5).map { run(head, seed: $0, taskNames: taskNames) }
        }
    }

    static func manyHeads() throws -> Experiments.HeadComparison {
        try Experiments.HeadComparison.make(manyRuns(), report: "report.html")
    }

    /// The circuit of thirteen binary tasks and one of ten classes: 17 qubits.
    static func circuit() throws -> MultiTaskCircuit {
        try Preset.paper.circuit(outputs: [Int](repeating: 1, count: 13) + [10])
    }
}
