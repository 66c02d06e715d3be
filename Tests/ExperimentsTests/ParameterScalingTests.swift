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

    /// Tasks with registers of their own are read at once; tasks on shared qubits one after the other.
    @Test func settingsAndOperationsAreThoseOfTheCircuit() throws {
        var scaling = ParameterScaling()
        let paper = try scaling.row(HeadChoice(.quantum), taskCount: 7, backend: backend)
        #expect(paper.measurementSettings == 1)
        let deep = try scaling.row(HeadChoice(.quantum, preset: .deep), taskCount: 7, backend: backend)
        #expect(deep.measurementSettings == 7)
        let linear = try scaling.row(HeadChoice(.linear), taskCount: 7, backend: backend)
        #expect(linear.measurementSettings == nil && linear.circuitOperations == nil)
        // Blocks are evaluated once a step, encodings once a sample.
        let operations = try #require(paper.circuitOperations)
        scaling.batch = 64
        let more = try #require(
            try scaling.row(HeadChoice(.quantum), taskCount: 7, backend: backend).circuitOperations)
        #expect(operations > 0 && more > 1.5 * operations && more <= 2 * operations)
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

    /// Dense heads, alone or in a sum, and LoRA heads grow with the square of the tasks, the others with their number.
    ///
    /// What does not grow with them is still a share of the counts here, of CP's most.
    @Test(arguments: HeadKind.allCases.filter { $0 != .sharedCircuit && $0 != .transfer })
    func growthIsThatOfTheFormulas(kind: HeadKind) throws {
        let exponent = try #require(ParameterScaling.growth(of: manyTasks(kind))).exponent
        #expect(abs(exponent - ([.linear, .lora, .residual].contains(kind) ? 2 : 1)) < 0.01)
    }

    /// The angles of the one circuit, 48, come before nine parameters a task.
    @Test func aSharedCircuitGrowsByItsLinearHeads() throws {
        let rows = try manyTasks(.sharedCircuit)
        #expect(rows.allSatisfy { $0.formula.count == 48 + 9 * $0.tasks })
    }

    /// Amplitudes of `3 T` features take `ceil(log2 3 T)` qubits, so a task's circuit grows too: by 9 angles from 128 tasks to
    /// 256, and so on.
    @Test func separateCircuitsGrowFasterThanTheTasks() throws {
        let rows = try manyTasks(.transfer)
        #expect(rows.map { $0.formula.count / $0.tasks } == [83, 92, 101, 110])
    }

    private func manyTasks(_ kind: HeadKind) throws -> [ParameterScaling.Row] {
        let rows = try [128, 256, 512, 1024].map {
            try ParameterScaling().row(HeadChoice(kind), taskCount: $0, backend: backend)
        }
        #expect(rows.allSatisfy { $0.agrees })
        return rows
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
