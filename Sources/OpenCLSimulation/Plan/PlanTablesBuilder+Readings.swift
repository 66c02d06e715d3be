import Execution

extension PlanTablesBuilder {
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
                    for first in stride(from: run.lowerBound, to: run.upperBound, by: Blocking.readingTasks) {
                        readings += [
                            row, head.entries, matrix + first, head.tasks,
                            min(Blocking.readingTasks, run.upperBound - first),
                            readouts + first,
                        ]
                    }
                    for first in stride(from: run.lowerBound, to: run.upperBound, by: Blocking.tasks) {
                        for entry in stride(from: 0, to: head.entries, by: Blocking.groupEntries) {
                            blocks += [
                                row + entry, min(Blocking.groupEntries, head.entries - entry),
                                matrix + first + entry * head.tasks, head.tasks,
                                min(Blocking.tasks, run.upperBound - first), readouts + first,
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
                    for entry in stride(from: 0, to: entries, by: Blocking.entries) {
                        observables += [
                            row + entry, entry, min(Blocking.entries, entries - entry), offset,
                            list.count / 4,
                        ]
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
