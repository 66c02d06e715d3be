extension DeviceCalibration {
    /// Gate errors at and above this mark a gate as broken.
    private static let brokenError = 0.5

    /// A line of `length` coupled, working qubits, chosen for small two-qubit and readout errors.
    ///
    /// From every qubit a line grows to the neighbour with the least error, going back where it ends; the best of the
    /// lines found is taken. It need not be the best there is.
    /// - Throws: `NoiseError.noLine`.
    public func line(length: Int) throws(NoiseError) -> [Int] {
        let neighbours = workingNeighbours()
        var best: (line: [Int], cost: Double)?
        for start in neighbours.keys.sorted() {
            guard let line = grow(from: start, to: length, neighbours) else { continue }
            let cost = cost(of: line, neighbours)
            if cost < best?.cost ?? .infinity { best = (line, cost) }
        }
        guard let best else { throw .noLine(device: name, length: length) }
        return best.line
    }

    /// For every working qubit its working neighbours with the error of the gate between them.
    private func workingNeighbours() -> [Int: [Int: Double]] {
        func works(_ qubit: Int) -> Bool {
            let turn = gates["sx"]?[[qubit]]?.error ?? 1
            return turn < Self.brokenError && qubits[qubit].readout != nil
        }
        var neighbours: [Int: [Int: Double]] = [:]
        for qubit in qubits.indices where works(qubit) { neighbours[qubit] = [:] }
        for (pair, gate) in gates[entangler] ?? [:] {
            guard let error = gate.error, error < Self.brokenError, pair.allSatisfy({ neighbours[$0] != nil })
            else { continue }
            neighbours[pair[0]]?[pair[1]] = error
            neighbours[pair[1]]?[pair[0]] = error
        }
        return neighbours
    }

    private func readoutError(_ qubit: Int) -> Double {
        qubits[qubit].readout.map { ($0.zeroToOne + $0.oneToZero) / 2 } ?? 1
    }

    private func grow(from start: Int, to length: Int, _ neighbours: [Int: [Int: Double]]) -> [Int]? {
        /// Steps after which a start is given up: going back without end would try all lines of the device.
        var steps = 64 * length
        func extend(_ line: [Int]) -> [Int]? {
            if line.count == length { return line }
            steps -= 1
            guard steps > 0 else { return nil }
            let candidates = neighbours[line.last!, default: [:]].filter { !line.contains($0.key) }
                .map { (qubit: $0.key, cost: $0.value + readoutError($0.key)) }
                .sorted { ($0.cost, $0.qubit) < ($1.cost, $1.qubit) }
            for candidate in candidates {
                if let whole = extend(line + [candidate.qubit]) { return whole }
            }
            return nil
        }
        return extend([start])
    }

    private func cost(of line: [Int], _ neighbours: [Int: [Int: Double]]) -> Double {
        zip(line, line.dropFirst()).reduce(line.reduce(0) { $0 + readoutError($1) }) {
            $0 + (neighbours[$1.0]?[$1.1] ?? 1)
        }
    }
}
