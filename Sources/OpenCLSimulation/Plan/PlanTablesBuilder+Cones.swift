import Execution

extension PlanTablesBuilder {
    /// Encoding cones: a unit for every cone, lanes are samples.
    mutating func addCones() {
        tables.firstCone = units.count / UnitEntry.size
        for group in plan.encodings {
            let program = unitProgram(group.program, group.transfer)
            let scatters = group.registers.map { tables.append(program.scatter($0)) }
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
                        program: program.offset, slots: tables.append(slots), rowCount: program.rows.count,
                        registers: tables.append(registers), registerCount: group.registers.count,
                        states: tables.headStates, stateRows: tables.coneStateRows,
                        gradients: tables.headGradients, gradientRows: tables.coneGradientRows
                    ).words
                addReferences(of: instance, program)
                tables.coneStateRows += program.stateRows
                tables.coneGradientRows += program.rows.count
            }
            reducedRows.append(rowsOfCones)
        }
        tables.coneCount = units.count / UnitEntry.size - tables.firstCone
        tables.append(.units, units)
    }

    private mutating func addReferences(of instance: EncodingGroup.Instance, _ program: any UnitProgram) {
        for (index, angle) in program.rows.enumerated() {
            let row = tables.coneGradientRows + index
            switch angle {
            case .feature(let slot): featureRows[instance.features[slot]].append(row)
            case .parameter(let slot):
                parameterReferences[instance.parameters[slot]] += [tables.headGradients, row, 0, 0]
            case .constant: break
            }
        }
    }

    /// Appends what a group runs: the noisy program where there is one.
    mutating func unitProgram(_ program: Program, _ transfer: TransferProgram?) -> any UnitProgram {
        if let transfer { return TransferTable(transfer, &tables) }
        return ProgramTable(program, &tables)
    }
}
