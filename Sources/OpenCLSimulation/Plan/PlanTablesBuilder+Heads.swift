import Execution

/// What is known of a group of task blocks.
struct HeadTable {
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

extension PlanTablesBuilder {
    /// Task blocks: a unit for every column of their unitaries, lanes are tasks.
    mutating func addHeads() {
        let programs = plan.heads.map { ProgramTable($0.program, &tables) }
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
                units +=
                    UnitEntry(
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
}
