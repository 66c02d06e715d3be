import CVectorKernels
import Execution

/// A split program in the form the inner loops read.
final class CompiledSplitProgram {
    let pointer: UnsafeMutablePointer<qmtl_split_transfer>
    private let parts: [CompiledTransferProgram]
    private let phases: UnsafeMutableBufferPointer<qmtl_transfer_phase>
    private let tables: [UnsafeMutableBufferPointer<Int32>]

    /// The entries of all states between the parts.
    var stateSize: Int { pointer.pointee.state_size }
    /// The entries of the last state.
    var endSize: Int { pointer.pointee.end_size }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_split_scratch_size(pointer) }

    init(_ split: SplitProgram, featureSlotCount: Int) {
        let halves = split.halves.map { CompiledTransferProgram($0, featureSlotCount: featureSlotCount) }
        let programs = split.phases.map { CompiledTransferProgram($0, featureSlotCount: featureSlotCount) }
        var tables: [UnsafeMutableBufferPointer<Int32>] = []
        /// Where each entry of a state with some digits is in one of which they are a part, each entry `unit` numbers.
        func places(
            _ digits: [BlockProgram.Digit], _ layout: [BlockProgram.Digit], unit: Int = 1
        ) -> UnsafePointer<Int32> {
            let table = digits.reduce([0]) { table, digit in
                let step = unit * (layout.step(digit.qubit) ?? 0)
                return (0..<digit.count).flatMap { value in table.map { $0 + value * step } }
            }
            tables.append(.copy(table.map { Int32($0) }))
            return UnsafePointer(tables[tables.count - 1].baseAddress!)
        }

        // Before a phase its own digits are lowest, so that blocks are neighbouring entries.
        var live = split.halves.flatMap(\.lastDigits)
        let others = split.phases.map { phase in
            let others = live.filter { !phase.digits.contains($0) }
            live = phase.lastDigits + others
            return others
        }
        let final = (0..<split.finalQubits).map { BlockProgram.Digit(qubit: $0, count: 4) }
        let layouts = zip(split.phases, others).dropFirst().map { $0.digits + $1 } + [final]
        let phases = UnsafeMutableBufferPointer.copy(
            split.phases.indices.map { index in
                qmtl_transfer_phase(
                    program: programs[index].pointer, blocks: others[index].size,
                    local: places(split.phases[index].lastDigits, layouts[index]),
                    outer: places(others[index], layouts[index]))
            })
        let ends = split.halves.map(\.lastDigits)
        let (local, outer) = (split.phases[0].digits, others[0])
        parts = halves + programs
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_split_transfer(
                halves: (UnsafePointer(halves[0].pointer), UnsafePointer(halves[1].pointer)),
                local: (places(local, ends[0], unit: split.bond), places(local, ends[1], unit: split.bond)),
                outer: (places(outer, ends[0], unit: split.bond), places(outer, ends[1], unit: split.bond)),
                phases: phases.baseAddress, bond: Int32(split.bond), phase_count: Int32(phases.count),
                block_size: parts.reduce(0) { max($0, $1.peakSize) },
                tape_size: parts.reduce(0) { max($0, $1.tapeSize) },
                state_size: split.stateSize, end_size: final.size,
                program_scratch_size: parts.reduce(0) { max($0, $1.scratchSize) }))
        self.phases = phases
        self.tables = tables
    }

    deinit {
        phases.deallocate()
        for table in tables { table.deallocate() }
        pointer.deallocate()
    }
}
