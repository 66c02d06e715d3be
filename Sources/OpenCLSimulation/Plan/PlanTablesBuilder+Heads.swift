import Execution

/// What is known of a group of task blocks.
struct HeadTable {
    let group: HeadGroup
    /// Where the columns' states start.
    let states: Int
    /// Where the matrices start.
    let matrices: Int
    /// Tasks, padded to whole tiles.
    let tasks: Int
    /// The offset of the tasks' readouts, by observable.
    let readouts: [Int]

    var isNoisy: Bool { group.transfer != nil }
    /// The units that run the block: its columns, or under noise its observables.
    var copies: Int { isNoisy ? group.observables.count : group.program.dimension }
    /// The entries of a matrix.
    var entries: Int { group.program.dimension * group.program.dimension }
    /// Numbers of a column's states.
    var columnSize: Int { 2 * group.program.dimension * tasks }

    /// Where the matrix of an observable starts.
    func matrix(_ observable: Int) -> Int { matrices + observable * entries * tasks }
}

extension PlanTablesBuilder {
    /// Task blocks, whose lanes are tasks: a unit for every column of their unitaries, or, under noise, for every observable.
    mutating func addHeads() {
        let programs = plan.heads.map { unitProgram($0.program, $0.transfer) }
        var headTiles: [Int] = []
        for (group, program) in zip(plan.heads, programs) {
            let tasks = tables.padded(group.members.count)
            let slots = addSlots(group, program)
            let readouts = group.observables.indices.map { observable in
                tables.append(group.members.map { $0.firstReadout + observable })
            }
            let head = HeadTable(
                group: group, states: tables.headStates, matrices: tables.matrices, tasks: tasks,
                readouts: readouts)
            heads.append(head)
            for copy in 0..<head.copies {
                for first in stride(from: 0, to: tasks, by: tables.tile) {
                    headTiles += [units.count / UnitEntry.size, first]
                }
                units += unit(copy, of: head, program, slots: slots).words
            }
            addReferences(of: head, program)
            tables.headStates += head.isNoisy ? 0 : head.copies * head.columnSize
            tables.matrices += group.observables.count * head.entries * tasks
            tables.headGradients += program.rows.count * head.copies * tasks
        }
        tables.headTileCount = headTiles.count / 2
        tables.append(.headTiles, headTiles)
        addColumns()
        tables.append(.sources, sources)
        tables.fixedAngleCount = sources.count
    }

    private mutating func unit(
        _ copy: Int, of head: HeadTable, _ program: any UnitProgram, slots: Int
    ) -> UnitEntry {
        var unit = UnitEntry(
            program: program.offset, slots: slots, rowCount: program.rows.count,
            states: head.states + copy * head.columnSize, gradients: tables.headGradients + copy * head.tasks,
            rowStride: head.copies * head.tasks)
        if head.isNoisy {
            let terms = head.group.terms(of: head.group.observables[copy])
            unit.start = terms.count
            unit.registers = tables.append(
                terms.enumerated().flatMap { [$1.entry, tables.numbers.count + $0] })
            tables.numbers += terms.map(\.value)
            unit.states = head.matrix(copy)
            unit.stateRows = head.tasks
        } else {
            unit.start = copy
        }
        return unit
    }

    private mutating func addReferences(of head: HeadTable, _ program: any UnitProgram) {
        for (row, angle) in program.rows.enumerated() {
            guard case .parameter(let slot) = angle else { continue }
            let first = tables.headGradients + row * head.copies * head.tasks
            for (task, member) in head.group.members.enumerated() {
                parameterReferences[member.parameters[slot]] += [first + task, 0, head.copies, head.tasks]
            }
        }
    }

    /// What makes head matrices of columns, and the way back; under noise these take other ways.
    private mutating func addColumns() {
        var (entries, tileHeads): ([Int], [Int]) = ([], [])
        for head in heads where !head.isNoisy {
            for first in stride(from: 0, to: head.tasks, by: tables.tile) {
                tileHeads += [entries.count / 6, first]
            }
            entries += [
                head.group.program.qubitCount, tables.append(head.group.observables.flatMap(\.masks)),
                head.group.observables.count, head.states, head.matrices, head.tasks,
            ]
        }
        tables.matrixTileCount = tileHeads.count / 2
        tables.append(.heads, entries)
        tables.append(.tileHeads, tileHeads)
    }

    /// The angles of a group of task blocks: rows of tasks.
    private mutating func addSlots(_ group: HeadGroup, _ program: any UnitProgram) -> Int {
        var slots: [Int] = []
        for slot in 0..<(group.members.first?.parameters.count ?? 0) {
            slots += [sources.count, 0]
            sources += group.members.map { $0.parameters[slot] }
            padSources()
        }
        for constant in program.constants { slots += [source(of: constant), -1] }
        return tables.append(slots)
    }
}
