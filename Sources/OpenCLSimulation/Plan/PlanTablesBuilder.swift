import Execution

/// Fills the tables of a plan.
struct PlanTablesBuilder {
    private let plan: ExecutionPlan
    private var tables: PlanTables
    private var units: [Int] = []
    private var heads: [HeadTable] = []
    /// The first row of reduced states of every register, by encoding group, cone and register.
    private var reducedRows: [[[Int]]] = []
    /// What every feature and every trainable angle gets its gradient from.
    private var featureRows: [[Int]]
    private var parameterReferences: [[Int]]
    /// The trainable angle or constant behind every fixed angle.
    private var sources: [Int]

    /// What is known of a group of task blocks.
    private struct HeadTable {
        let group: HeadGroup
        let matrices: Int
        /// Tasks, padded to whole tiles.
        let tasks: Int
        /// The offset of the tasks' readouts, by observable.
        let readouts: [Int]

        var entries: Int { group.program.dimension * group.program.dimension }

        /// Where the matrix of an observable starts.
        func matrix(_ observable: Int) -> Int { matrices + observable * entries * tasks }
    }

    init(_ plan: ExecutionPlan, _ tables: PlanTables) {
        self.plan = plan
        self.tables = tables
        featureRows = Array(repeating: [], count: plan.circuit.featureCount)
        parameterReferences = Array(repeating: [], count: plan.circuit.parameterCount)
        // All trainable angles, then the zero that padding reads.
        sources = Array(0...plan.circuit.parameterCount)
    }

    /// The index of a constant among the fixed angles and their sources: constants follow the trainable angles.
    private mutating func source(of constant: Double) -> Int {
        let index = tables.constants.firstIndex(of: constant) ?? tables.constants.count
        if index == tables.constants.count {
            tables.constants.append(constant)
        }
        return plan.circuit.parameterCount + index
    }

    /// Task blocks: a unit for every column of their unitaries, lanes are tasks.
    mutating func addHeads() {
        // Constants must be known before rows of tasks follow them.
        let programs = plan.heads.map { ProgramTable($0.program, &tables) }
        let coneConstants = plan.encodings.flatMap { $0.program.constants }
        for constant in programs.flatMap(\.constants) + coneConstants { _ = source(of: constant) }
        sources = Array(0..<plan.circuit.parameterCount + tables.constants.count)
        padSources()

        var (entries, headTiles, tileHeads): ([Int], [Int], [Int]) = ([], [], [])
        for (index, (group, program)) in zip(plan.heads, programs).enumerated() {
            let (dimension, tasks) = (group.program.dimension, tables.padded(group.members.count))
            let slots = addSlots(group, program)
            let observables = tables.append(group.observables.flatMap(\.masks))
            entries += [
                group.program.qubitCount, observables, group.observables.count, tables.headStates,
                tables.matrices, tasks,
            ]
            let readouts = group.observables.indices.map { observable in
                tables.append(group.members.map { $0.firstReadout + observable })
            }
            heads.append(
                HeadTable(group: group, matrices: tables.matrices, tasks: tasks, readouts: readouts))
            for first in stride(from: 0, to: tasks, by: tables.tile) { tileHeads += [index, first] }
            for column in 0..<dimension {
                for first in stride(from: 0, to: tasks, by: tables.tile) {
                    headTiles += [units.count / UnitEntry.size, first]
                }
                units += UnitEntry(
                    program: program.offset, start: column, slots: slots, slotCount: program.slotCount,
                    states: tables.headStates + column * 2 * dimension * tasks,
                    gradients: tables.headGradients + column * tasks, slotStride: dimension * tasks
                ).words
            }
            for (task, member) in group.members.enumerated() {
                for (slot, parameter) in member.parameters.enumerated() {
                    let row = tables.headGradients + slot * dimension * tasks
                    parameterReferences[parameter] += [row + task, 0, dimension, tasks]
                }
            }
            tables.headStates += dimension * 2 * dimension * tasks
            tables.matrices += group.observables.count * dimension * dimension * tasks
            tables.headGradients += program.slotCount * dimension * tasks
        }
        tables.headTileCount = headTiles.count / 2
        tables.matrixTileCount = tileHeads.count / 2
        tables.append(.heads, entries)
        tables.append(.headTiles, headTiles)
        tables.append(.tileHeads, tileHeads)
        tables.append(.sources, sources)
        tables.fixedAngleCount = sources.count
    }

    /// The angles of a group of task blocks: rows of tasks.
    private mutating func addSlots(_ group: HeadGroup, _ program: ProgramTable) -> Int {
        var slots: [Int] = []
        for slot in 0..<group.program.parameterSlotCount {
            slots += [sources.count, 0]
            sources += group.members.map { $0.parameters[slot] }
            padSources()
        }
        for constant in program.constants { slots += [source(of: constant), -1] }
        return tables.append(slots)
    }

    private mutating func padSources() {
        let zero = plan.circuit.parameterCount
        while sources.count % tables.tile != 0 { sources.append(zero) }
    }

    /// Encoding cones: a unit for every cone, lanes are samples.
    mutating func addCones() {
        tables.firstCone = units.count / UnitEntry.size
        for group in plan.encodings {
            let program = ProgramTable(group.program, &tables)
            let scatters = group.registers.map { register in
                tables.append(
                    (0..<1 << register.count).map { index in
                        register.enumerated().reduce(0) { $0 | (index >> $1.offset & 1) << $1.element }
                    })
            }
            var rowsOfCones: [[Int]] = []
            for instance in group.instances {
                var rows: [Int] = []
                var registers: [Int] = []
                for (register, scatter) in zip(group.registers, scatters) {
                    rows.append(tables.reducedRows)
                    registers += [register.count, scatter, tables.reducedRows]
                    tables.reducedRows += 1 << (2 * register.count)
                }
                rowsOfCones.append(rows)
                var slots: [Int] = []
                for feature in instance.features { slots += [tables.fixedAngleCount, feature] }
                for parameter in instance.parameters { slots += [parameter, -1] }
                for constant in program.constants { slots += [source(of: constant), -1] }
                units += UnitEntry(
                    program: program.offset, slots: tables.append(slots), slotCount: program.slotCount,
                    registers: tables.append(registers), registerCount: group.registers.count,
                    states: tables.headStates, stateRows: tables.coneStateRows,
                    gradients: tables.headGradients, gradientRows: tables.coneGradientRows
                ).words
                addReferences(of: instance, firstRow: tables.coneGradientRows)
                tables.coneStateRows += 2 * group.program.dimension
                tables.coneGradientRows += program.slotCount
            }
            reducedRows.append(rowsOfCones)
        }
        tables.coneCount = units.count / UnitEntry.size - tables.firstCone
        tables.append(.units, units)
    }

    private mutating func addReferences(of instance: EncodingGroup.Instance, firstRow: Int) {
        for (slot, feature) in instance.features.enumerated() {
            featureRows[feature].append(firstRow + slot)
        }
        for (slot, parameter) in instance.parameters.enumerated() {
            let row = firstRow + instance.features.count + slot
            parameterReferences[parameter] += [tables.headGradients, row, 0, 0]
        }
    }

    /// What connects heads and cones, and the lists of gradients.
    mutating func addReadings() {
        var (readings, blocks): ([Int], [Int]) = ([], [])
        var readers: [[Int]: [Int]] = [:]  // by encoding group, cone and register
        for head in heads {
            let group = head.group
            for run in group.runs {
                let instance = group.members[run.lowerBound].instance
                let row = reducedRows[group.encoding][instance][group.register]
                for observable in group.observables.indices {
                    let (matrix, readouts) = (head.matrix(observable), head.readouts[observable])
                    readers[[group.encoding, instance, group.register], default: []] += [
                        matrix + run.lowerBound, head.tasks, run.count, readouts + run.lowerBound,
                    ]
                    for first in stride(from: run.lowerBound, to: run.upperBound, by: 8) {
                        readings += [
                            row, head.entries, matrix + first, head.tasks, min(8, run.upperBound - first),
                            readouts + first,
                        ]
                    }
                    for first in stride(from: run.lowerBound, to: run.upperBound, by: 4) {
                        for entry in stride(from: 0, to: head.entries, by: 64) {
                            blocks += [
                                row + entry, min(64, head.entries - entry),
                                matrix + first + entry * head.tasks, head.tasks,
                                min(4, run.upperBound - first), readouts + first,
                            ]
                        }
                    }
                }
            }
        }
        var observables: [Int] = []
        for (encoding, group) in plan.encodings.enumerated() {
            for instance in group.instances.indices {
                for (register, qubits) in group.registers.enumerated() {
                    let list = readers[[encoding, instance, register]] ?? []
                    let offset = tables.append(list)
                    let row = reducedRows[encoding][instance][register]
                    let entries = 1 << (2 * qubits.count)
                    for entry in stride(from: 0, to: entries, by: 4) {
                        observables += [row + entry, entry, min(4, entries - entry), offset, list.count / 4]
                    }
                }
            }
        }
        tables.readingCount = readings.count / 6
        tables.matrixBlockCount = blocks.count / 6
        tables.observableTileCount = observables.count / 5
        tables.append(.readings, readings)
        tables.append(.matrixBlocks, blocks)
        tables.append(.observables, observables)
        append(.features, .featureRows, featureRows, size: 1)
        append(.parameters, .parameterReferences, parameterReferences, size: 4)
    }

    /// Lists of entries of `size` ints, and where each begins.
    private mutating func append(
        _ section: PlanTables.Section, _ entries: PlanTables.Section, _ lists: [[Int]], size: Int
    ) {
        tables.append(section, lists.reduce(into: [0]) { $0.append($0.last! + $1.count / size) })
        tables.append(entries, Array(lists.joined()))
    }

    func finished() -> PlanTables { tables }
}

/// The prelude's `unit_entry`.
private struct UnitEntry {
    static let size = 11

    var program: Int
    var start = 0
    var slots: Int
    var slotCount: Int
    var registers = 0
    var registerCount = 0
    var states: Int
    var stateRows = 0
    var gradients: Int
    var gradientRows = 0
    var slotStride = 0

    var words: [Int] {
        [
            program, start, slots, slotCount, registers, registerCount, states, stateRows, gradients,
            gradientRows, slotStride,
        ]
    }
}

extension HeadGroup {
    /// Members that read the same cone, as ranges of `members`.
    fileprivate var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, member) in members.enumerated() {
            if let last = runs.last, members[last.lowerBound].instance == member.instance {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}

extension Program {
    /// The constant angles, each once.
    fileprivate var constants: [Double] {
        var constants: [Double] = []
        for operation in operations {
            switch operation {
            case .controlledZ: break
            case .rotate(_, let factors):
                for factor in factors {
                    if case .constant(let value) = factor.angle, !constants.contains(value) {
                        constants.append(value)
                    }
                }
            }
        }
        return constants
    }
}
