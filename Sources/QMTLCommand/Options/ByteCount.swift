import ArgumentParser

/// A number of bytes as people write it: `2G`, `500M`, `1.5GiB`; K, M, G and T are powers of 1024.
struct ByteCount: ExpressibleByArgument, Sendable, Equatable {
    /// The number of bytes.
    let bytes: Int

    init?(argument: String) {
        guard let match = argument.uppercased().wholeMatch(of: /([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(?:I?B)?/),
            let number = Double(match.1)
        else { return nil }
        let exponent = match.2.isEmpty ? 0 : 1 + "KMGT".distance(of: Character(String(match.2)))
        let bytes = (0..<exponent).reduce(number) { size, _ in size * 1024 }
        guard bytes >= 1, bytes < Double(Int.max) else { return nil }
        self.bytes = Int(bytes)
    }
}

extension String {
    fileprivate func distance(of character: Character) -> Int {
        firstIndex(of: character).map { distance(from: startIndex, to: $0) } ?? 0
    }
}
