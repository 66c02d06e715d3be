import Execution

extension PlanTablesBuilder {
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
                units +=
                    UnitEntry(
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
}
