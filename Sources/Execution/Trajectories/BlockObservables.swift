import Circuits
import Foundation
import Noise

/// What observables behind a noisy task block read from the state before it, exactly, in the Pauli basis.
///
/// An observable goes back through the block's gates and channels (the Heisenberg picture); the gradient of what it has
/// become goes forward through the same.
struct BlockObservables {
    private enum Step {
        /// A rotation about an axis by the angle in a slot, or by a number.
        case rotation(digit: Int, stride: Int, angle: Program.SlotAngle, sign: Double)
        /// A matrix on the entries at these offsets.
        case matrix([Double], offsets: [Int])
    }

    /// The products of Pauli operators that are read, ascending.
    let entries: [Int]
    private let observables: [[(entry: Int, value: Double)]]
    private let steps: [Step]
    private let dimension: Int
    private let parameterSlotCount: Int

    /// The number of observables.
    var observableCount: Int { observables.count }

    /// What the observables of a noisy group read.
    init(_ group: HeadGroup, _ block: TransferProgram) {
        observables = group.observables.map { group.terms(of: $0) }
        parameterSlotCount = block.parameterSlotCount
        steps = block.operations.flatMap { operation -> [Step] in
            switch operation.action {
            case .single(let qubit, let factors): factors.map { Self.step($0, qubit) }
            case .pair(let lower, let upper, let matrix):
                [
                    .matrix(
                        matrix.entries,
                        offsets: (0..<16).map { ($0 % 4) << (2 * lower) | ($0 / 4) << (2 * upper) })
                ]
            }
        }
        // Behind an empty block an observable is read as it is, on however many qubits.
        if steps.isEmpty {
            entries = Set(observables.joined().map(\.entry)).sorted()
            dimension = 0
        } else {
            dimension = block.dimension
            entries = Array(0..<dimension)
        }
    }

    private static func step(_ factor: TransferProgram.Factor, _ qubit: Int) -> Step {
        let stride = 1 << (2 * qubit)
        switch factor {
        case .rotation(let axis, let angle, let inverse):
            return .rotation(digit: axis.digit, stride: stride, angle: angle, sign: inverse ? -1 : 1)
        case .fixed(let matrix): return .matrix(matrix.entries, offsets: (0..<4).map { $0 * stride })
        }
    }

    /// The coefficients of `entries` at the block's start, `[observables][entries]`.
    func values(angles: [Double]) -> [[Double]] {
        observables.map { terms in
            guard !steps.isEmpty else {
                return entries.map { entry in
                    terms.reduce(0) { $1.entry == entry ? $0 + $1.value : $0 }
                }
            }
            var vector = start(terms)
            for step in steps.reversed() { back(step, angles, &vector) }
            return vector
        }
    }

    /// The gradient of the angles, from that of the coefficients, `[observables][entries]`.
    func gradients(angles: [Double], of coefficients: [[Double]]) -> [Double] {
        var gradient = [Double](repeating: 0, count: parameterSlotCount)
        guard parameterSlotCount > 0 else { return gradient }
        for (terms, slope) in zip(observables, coefficients) {
            var tape: [[Double]] = []
            var vector = start(terms)
            for step in steps.reversed() {
                tape.append(vector)
                back(step, angles, &vector)
            }
            var dual = slope
            for (step, behind) in zip(steps, tape.reversed()) {
                forward(step, angles, &dual)
                guard case .rotation(let digit, let stride, .parameter(let slot), let sign) = step else {
                    continue
                }
                var sum = 0.0
                forEachPair(digit, stride) {
                    // A rotation turns its images at right angles.
                    sum += behind[$1] * dual[$0] - behind[$0] * dual[$1]
                }
                gradient[slot] += sign * sum
            }
        }
        return gradient
    }

    private func start(_ terms: [(entry: Int, value: Double)]) -> [Double] {
        var vector = [Double](repeating: 0, count: dimension)
        for (entry, value) in terms { vector[entry] += value }
        return vector
    }

    private func forward(_ step: Step, _ angles: [Double], _ vector: inout [Double]) {
        switch step {
        case .rotation(let digit, let stride, let angle, let sign):
            rotate(digit, stride, sign * Self.value(angle, angles), &vector)
        case .matrix(let matrix, let offsets):
            multiply(offsets, &vector) { row, column in matrix[row * offsets.count + column] }
        }
    }

    private func back(_ step: Step, _ angles: [Double], _ vector: inout [Double]) {
        switch step {
        case .rotation(let digit, let stride, let angle, let sign):
            rotate(digit, stride, -sign * Self.value(angle, angles), &vector)
        case .matrix(let matrix, let offsets):
            multiply(offsets, &vector) { row, column in matrix[column * offsets.count + row] }
        }
    }

    private static func value(_ angle: Program.SlotAngle, _ angles: [Double]) -> Double {
        switch angle {
        case .constant(let value): value
        case .parameter(let slot): angles[slot]
        case .feature: preconditionFailure("a block has no features")
        }
    }

    private func rotate(_ digit: Int, _ stride: Int, _ angle: Double, _ vector: inout [Double]) {
        let (cosine, sine) = (cos(angle), sin(angle))
        forEachPair(digit, stride) {
            let (first, second) = (vector[$0], vector[$1])
            vector[$0] = cosine * first - sine * second
            vector[$1] = sine * first + cosine * second
        }
    }

    /// Calls `body` with every two entries that a rotation about an axis turns into each other, from the first to the second.
    private func forEachPair(_ digit: Int, _ stride: Int, _ body: (Int, Int) -> Void) {
        let (first, second) = (digit % 3 + 1, (digit + 1) % 3 + 1)
        for base in 0..<dimension where base / stride & 3 == 0 {
            body(base + first * stride, base + second * stride)
        }
    }

    private func multiply(_ offsets: [Int], _ vector: inout [Double], _ entry: (Int, Int) -> Double) {
        let mask = offsets[offsets.count - 1]
        for base in 0..<dimension where base & mask == 0 {
            let image = offsets.indices.map { row in
                offsets.indices.reduce(0) { $0 + entry(row, $1) * vector[base + offsets[$1]] }
            }
            for (offset, value) in zip(offsets, image) { vector[base + offset] = value }
        }
    }
}
