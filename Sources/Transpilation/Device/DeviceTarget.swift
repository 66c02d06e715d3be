/// What a device can do, and how well: the gates it has, on which qubits, and their errors.
public struct DeviceTarget: Hashable, Sendable {
    /// The two-qubit gate of a device.
    public enum Entangler: String, Hashable, Sendable, CaseIterable {
        /// Controlled Z, in either order.
        case controlledZ = "cz"
        /// Echoed cross resonance, in the given order only.
        case echoedCrossResonance = "ecr"
    }

    /// Two qubits in the order of their gate.
    public struct Coupling: Hashable, Sendable {
        /// The first qubit.
        public let first: Int
        /// The second qubit.
        public let second: Int

        /// Two qubits.
        public init(_ first: Int, _ second: Int) {
            self.first = first
            self.second = second
        }
    }

    /// Errors from here on mean that a gate or a readout is broken.
    private static let brokenError = 0.5

    /// The device's name.
    public let name: String
    /// The number of qubits.
    public let qubitCount: Int
    /// The two-qubit gate.
    public let entangler: Entangler
    /// Whether RX of any angle is a gate of its own.
    public let hasRotationX: Bool
    /// Couplings along which exp(-i a Z Z / 2) is a gate, for `a` above 0 and at most a quarter turn; empty where it is none.
    public let rotationsZZ: Set<Coupling>
    /// For every working qubit the error of a square root of X, plus that of its readout.
    public let qubitErrors: [Int: Double]
    /// For every working coupling the error of the two-qubit gate.
    public let couplingErrors: [Coupling: Double]
    /// The working neighbours of each qubit, ascending.
    let neighbours: [[Int]]

    /// A device; broken qubits and couplings are left out.
    /// - Parameters:
    ///   - name: What it is called.
    ///   - qubitCount: The number of qubits.
    ///   - entangler: The two-qubit gate.
    ///   - hasRotationX: Whether RX of any angle is a gate of its own.
    ///   - turnErrors: The error of a square root of X on each qubit, `[qubits]`.
    ///   - readoutErrors: The error of each qubit's readout, `[qubits]`.
    ///   - couplingErrors: The error of the two-qubit gate for each coupling, in the order it is allowed in.
    ///   - rotationZZErrors: The error of a rotation about ZZ for each coupling that has it.
    public init(
        name: String, qubitCount: Int, entangler: Entangler, hasRotationX: Bool, turnErrors: [Double],
        readoutErrors: [Double], couplingErrors: [Coupling: Double],
        rotationZZErrors: [Coupling: Double] = [:]
    ) {
        precondition(
            turnErrors.count == qubitCount && readoutErrors.count == qubitCount, "one error per qubit")
        self.name = name
        self.qubitCount = qubitCount
        self.entangler = entangler
        self.hasRotationX = hasRotationX
        var qubitErrors: [Int: Double] = [:]
        for qubit in 0..<qubitCount
        where turnErrors[qubit] < Self.brokenError && readoutErrors[qubit] < Self.brokenError {
            qubitErrors[qubit] = turnErrors[qubit] + readoutErrors[qubit]
        }
        self.qubitErrors = qubitErrors
        self.couplingErrors = couplingErrors.filter { coupling, error in
            error < Self.brokenError && qubitErrors[coupling.first] != nil
                && qubitErrors[coupling.second] != nil
        }
        let working = self.couplingErrors
        rotationsZZ = Set(
            rotationZZErrors.filter { coupling, error in
                error < Self.brokenError
                    && (working[coupling] ?? working[Coupling(coupling.second, coupling.first)]) != nil
            }.keys)
        var sets = [Set<Int>](repeating: [], count: qubitCount)
        for coupling in self.couplingErrors.keys {
            sets[coupling.first].insert(coupling.second)
            sets[coupling.second].insert(coupling.first)
        }
        neighbours = sets.map { $0.sorted() }
    }

    /// The better order of a pair's gate, and its error; nil where the pair has none that works.
    func coupling(_ first: Int, _ second: Int) -> (order: Coupling, error: Double)? {
        let forward = Coupling(first, second)
        let backward = Coupling(second, first)
        switch (couplingErrors[forward], couplingErrors[backward]) {
        case (let error?, let other?): return error <= other ? (forward, error) : (backward, other)
        case (let error?, nil): return (forward, error)
        case (nil, let error?): return (backward, error)
        case (nil, nil): return nil
        }
    }

    /// The order of a pair's rotation about ZZ; nil where it has none that works.
    func rotationZZ(_ first: Int, _ second: Int) -> Coupling? {
        [Coupling(first, second), Coupling(second, first)].first(where: rotationsZZ.contains)
    }

    /// Whether the pair has a working gate in either order.
    func hasCoupling(_ first: Int, _ second: Int) -> Bool { coupling(first, second) != nil }

    /// The number of steps between any two qubits along working couplings; `Int.max` where there is no way.
    func distances() -> [[Int]] {
        (0..<qubitCount).map { start in
            var distances = [Int](repeating: .max, count: qubitCount)
            distances[start] = 0
            var queue = [start]
            var next = 0
            while next < queue.count {
                let qubit = queue[next]
                next += 1
                for neighbour in neighbours[qubit] where distances[neighbour] == .max {
                    distances[neighbour] = distances[qubit] + 1
                    queue.append(neighbour)
                }
            }
            return distances
        }
    }
}
