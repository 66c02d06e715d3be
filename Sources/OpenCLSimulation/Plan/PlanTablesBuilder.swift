import Execution

/// Fills the tables of a plan.
struct PlanTablesBuilder {
    let plan: ExecutionPlan
    var tables: PlanTables
    var units: [Int] = []
    var heads: [HeadTable] = []
    /// The first row of reduced states of every register, by encoding group, cone and register.
    var reducedRows: [[[Int]]] = []
    /// What every feature and every trainable angle gets its gradient from.
    var featureRows: [[Int]]
    var parameterReferences: [[Int]]
    /// The trainable angle or constant behind every fixed angle: all of them once, then rows of tasks.
    var sources: [Int]

    init(_ plan: ExecutionPlan, _ tables: PlanTables) {
        self.plan = plan
        self.tables = tables
        featureRows = Array(repeating: [], count: plan.plainCircuit.featureCount)
        parameterReferences = Array(repeating: [], count: plan.plainCircuit.parameterCount)
        let programs = plan.noise == nil ? plan.heads.map(\.program) + plan.encodings.map(\.program) : []
        self.tables.constants += Set(programs.flatMap(\.constants)).subtracting([0]).sorted()
        sources = Array(0..<plan.plainCircuit.parameterCount + self.tables.constants.count)
        padSources()
    }

    /// The fixed angle of a constant.
    func source(of constant: Double) -> Int {
        // Equality, not a hash, since -0.0 is 0.0.
        plan.plainCircuit.parameterCount + tables.constants.firstIndex(of: constant)!
    }

    /// Fills fixed angles up to whole tiles; the first constant is the zero that padding reads.
    mutating func padSources() {
        while sources.count % tables.tile != 0 { sources.append(plan.plainCircuit.parameterCount) }
    }

    func finished() -> PlanTables { tables }
}

/// Lanes that run one program: the prelude's `unit_entry`.
struct UnitEntry {
    static let size = 11

    var program: Int
    var start = 0
    var slots: Int
    var rowCount: Int
    var registers = 0
    var registerCount = 0
    var states: Int
    var stateRows = 0
    var gradients: Int
    var gradientRows = 0
    var rowStride = 0

    var words: [Int] {
        [
            program, start, slots, rowCount, registers, registerCount, states, stateRows, gradients,
            gradientRows, rowStride,
        ]
    }
}
