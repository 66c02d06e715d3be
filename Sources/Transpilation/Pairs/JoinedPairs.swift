import Circuits

/// A routed circuit in which two controlled Z of one pair, with a run between them, have become a rotation about ZZ.
///
/// With `U = RZ(phi) RY(theta) RZ(lambda)` on the second qubit, `CZ U CZ = RZ(phi) exp(-i theta Z Y / 2) RZ(lambda)`: Z
/// turns RY around and leaves RZ as it is. Controlled rotations and phases, rotations about ZZ, XX and YY all have
/// this form, whatever their angles depend on.
struct JoinedPairs {
    /// What is to be written in the device's gates.
    enum Step {
        case local(Int, LocalRun)
        case pair(PairCircuit.PairGate, Int, Int)
        /// `exp(-i a Z Z / 2)`, with an angle that devices take.
        case rotationZZ(Angle, Int, Int)
    }

    /// The steps in an order that keeps those of every qubit; features from `featureCount` on are those of `runs`.
    private(set) var steps: [Step] = []
    /// Open runs between two controlled Z.
    private(set) var runs: [FoldedRun] = []

    /// The routed circuit as it is, but for pairs that `canRotate` says the device rotates about ZZ.
    init(_ items: [PairCircuit.Item], featureCount: Int, canRotate: (Int, Int) -> Bool) {
        let wires = Self.wires(items)
        var done: Set<Int> = []
        for (index, item) in items.enumerated() where !done.contains(index) {
            switch item {
            case .local(let qubit, let run): steps.append(.local(qubit, run))
            case .pair(.controlledZ, let first, let second) where canRotate(first, second):
                if let (other, turned, run, end) = Self.sandwich(from: index, items, wires, done) {
                    done.formUnion([run, end])
                    append(items[run], on: turned, with: other, featureCount: featureCount)
                } else {
                    steps.append(.pair(.controlledZ, first, second))
                }
            case .pair(let gate, let first, let second): steps.append(.pair(gate, first, second))
            }
        }
    }

    /// What of `items` acts on each qubit, in order.
    private static func wires(_ items: [PairCircuit.Item]) -> [Int: [Int]] {
        items.enumerated().reduce(into: [:]) { wires, item in
            for qubit in item.element.qubits { wires[qubit, default: []].append(item.offset) }
        }
    }

    /// The run behind a controlled Z that another one ends, past what commutes with it on the other qubit.
    private static func sandwich(
        from start: Int, _ items: [PairCircuit.Item], _ wires: [Int: [Int]], _ done: Set<Int>
    ) -> (other: Int, turned: Int, run: Int, end: Int)? {
        let pair = items[start].qubits
        for (other, turned) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let next = following(start, on: turned, wires).prefix(2)
            guard next.count == 2, let run = next.first, let end = next.last, !done.contains(run),
                !done.contains(end), case .local = items[run],
                case .pair(.controlledZ, _, _) = items[end], Set(items[end].qubits) == Set(pair)
            else { continue }
            let between = following(start, on: other, wires).prefix { $0 != end }
            let commute = between.allSatisfy { index in
                switch items[index] {
                case .local(_, let run): run.isDiagonal
                case .pair(let gate, _, _): gate == .controlledZ
                }
            }
            if commute { return (other, turned, run, end) }
        }
        return nil
    }

    private static func following(_ index: Int, on qubit: Int, _ wires: [Int: [Int]]) -> ArraySlice<Int> {
        let wire = wires[qubit] ?? []
        return wire[((wire.firstIndex(of: index) ?? -1) + 1)...]
    }

    /// Appends `CZ U CZ` for a run `U`: the rotation about ZY is one about ZZ between quarter turns about X.
    private mutating func append(
        _ item: PairCircuit.Item, on turned: Int, with other: Int, featureCount: Int
    ) {
        guard case .local(_, let run) = item else { preconditionFailure("a run is on one qubit") }
        let angles: [Angle]
        let isFlipOnly: Bool
        if run.isConstant {
            let values = FoldedRun.values(run.constantUnitary)
            isFlipOnly = values[FoldedRun.Part.angle.rawValue] <= FoldedRun.leastAngle
            angles = values.map { .constant($0) }
        } else {
            isFlipOnly = false
            let start = featureCount + runs.count * FoldedRun.Part.allCases.count
            angles = FoldedRun.Part.allCases.map { .feature(start + $0.rawValue) }
            runs.append(FoldedRun(run))
        }
        func angle(_ part: FoldedRun.Part) -> Angle { angles[part.rawValue] }
        let before: [Gate] = [
            .rotation(.z, turned, angle(.lambda)), .rotation(.x, turned, .constant(.pi / 2)),
            .rotation(.x, turned, angle(.flip)),
        ]
        let after: [Gate] = [
            .rotation(.x, turned, angle(.flip)), .rotation(.z, turned, angle(.flip)),
            .rotation(.x, turned, .constant(-.pi / 2)), .rotation(.z, turned, angle(.phi)),
        ]
        steps.append(.local(turned, LocalRun(before)))
        if !isFlipOnly { steps.append(.rotationZZ(angle(.angle), other, turned)) }
        steps.append(.local(turned, LocalRun(after)))
        steps.append(.local(other, LocalRun([.rotation(.z, other, angle(.flip))])))
    }
}
