import CPUSimulation
import Circuits
import Experiments
import Testing
import Training

struct ParameterScalingTests {
    @Test(arguments: HeadChoice.allNames, [2, 3, 10])
    func builtHeadsHaveTheParametersOfTheirFormulas(name: String, classes: Int) throws {
        let head = try #require(HeadChoice(named: name))
        var scaling = ParameterScaling()
        scaling.classes = classes
        for readout in [ReadoutKind.scaled, .logit] {
            scaling.head.readout = readout
            for taskCount in [1, 2, 5, 33] {
                let row = try scaling.row(head, taskCount: taskCount, backend: backend)
                #expect(row.agrees, "\(row)")
                #expect(row.parameters.total == row.parameters.head + row.parameters.interface)
            }
        }
    }

    @Test func otherSizesKeepToTheFormulas() throws {
        var scaling = ParameterScaling()
        (scaling.head.register, scaling.head.layers) = (2, 3)
        (scaling.head.rank, scaling.head.width, scaling.head.embedding) = (5, 7, 3)
        for name in HeadChoice.allNames {
            let head = try #require(HeadChoice(named: name))
            #expect(try scaling.row(head, taskCount: 7, backend: backend).agrees)
        }
    }

    @Test func quantumAndSlicedHeadsGrowLinearlyAndDenseOnesQuadratically() throws {
        let taskCounts = (1...10).map { 1 << $0 }
        func exponent(_ head: HeadChoice) throws -> Double {
            let rows = try taskCounts.map {
                try ParameterScaling().row(head, taskCount: $0, backend: backend)
            }
            return try #require(ParameterScaling.growth(of: rows)).exponent
        }
        #expect(abs(try exponent(HeadChoice(.quantum)) - 1) < 1e-9)
        #expect(abs(try exponent(HeadChoice(.sliced)) - 1) < 1e-9)
        // T (3 T + 1) is not quite a power; its slope over these T is just below 2.
        #expect(abs(try exponent(HeadChoice(.linear)) - 2) < 0.03)
    }

    /// Dense and LoRA heads grow with the square of the tasks, all others with their number.
    ///
    /// What does not grow with them is still a share of the counts here, of CP's most.
    @Test(arguments: HeadKind.allCases) func growthIsThatOfTheFormulas(kind: HeadKind) throws {
        let rows = try [128, 256, 512, 1024].map {
            try ParameterScaling().row(HeadChoice(kind), taskCount: $0, backend: backend)
        }
        let exponent = try #require(ParameterScaling.growth(of: rows)).exponent
        #expect(abs(exponent - (kind == .linear || kind == .lora ? 2 : 1)) < 0.01)
    }

    @Test func sizesBelowOneAreNamed() {
        var scaling = ParameterScaling()
        #expect(throws: ExperimentError.invalidSize(name: "the number of tasks", value: 0)) {
            try scaling.row(HeadChoice(.linear), taskCount: 0, backend: backend)
        }
        scaling.classes = 1
        #expect(throws: ExperimentError.invalidSize(name: "the number of classes less one", value: 0)) {
            try scaling.row(HeadChoice(.linear), taskCount: 1, backend: backend)
        }
    }

    private let backend = CPUBackend(threads: 1)
}
