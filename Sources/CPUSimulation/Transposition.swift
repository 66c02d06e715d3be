import LinearAlgebra

extension ThreadTeam {
    /// Writes `[rows x columns]` numbers of one precision as `[columns x rows]` of another.
    func transpose<
        Source: BinaryFloatingPoint & SendableMetatype, Target: BinaryFloatingPoint & SendableMetatype
    >(
        _ source: UnsafePointer<Source>, rows: Int, columns: Int, into target: UnsafeMutablePointer<Target>
    ) {
        // A block is as wide as a cache line of floats, on the side that is not written in order.
        let width = 16
        let blocks = (columns + width - 1) / width
        let blocksWorthAThread = max(1, (1 << 14) / (width * max(rows, 1)))
        nonisolated(unsafe) let (source, target) = (source, target)
        forEach((blocks + blocksWorthAThread - 1) / blocksWorthAThread) { part, _ in
            let first = part * blocksWorthAThread * width
            let last = min(columns, first + blocksWorthAThread * width)
            for start in stride(from: first, to: last, by: width) {
                for row in 0..<rows {
                    for column in start..<min(start + width, last) {
                        target[column * rows + row] = Target(source[row * columns + column])
                    }
                }
            }
        }
    }
}
