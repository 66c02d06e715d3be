/// Numbers at an address that suits vector loads; grows on demand and is reused from step to step.
final class Buffer<Element: SimulationReal> {
    private(set) var pointer: UnsafeMutablePointer<Element>
    private var capacity: Int

    init(count: Int = 0) {
        capacity = count
        pointer = Self.allocate(count)
    }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }

    /// Makes room for `count` elements; what the buffer held is lost when it grows.
    func reserve(_ count: Int) {
        guard count > capacity else { return }
        UnsafeMutableRawPointer(pointer).deallocate()
        capacity = count
        pointer = Self.allocate(count)
    }

    /// Makes room for `count` elements and sets them to zero.
    func clear(_ count: Int) {
        reserve(count)
        pointer.fill(0, count: count)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64
        )
        .bindMemory(to: Element.self, capacity: max(count, 1))
    }
}

extension UnsafeMutablePointer where Pointee: SimulationReal {
    /// Sets `count` numbers to `value`.
    ///
    /// The standard library's `update(repeating:count:)` copies through the type's witness table, number by number.
    func fill(_ value: Pointee, count: Int) {
        for index in 0..<count { self[index] = value }
    }

    /// Copies `count` numbers from memory that does not overlap; for the same reason.
    func copy(from source: UnsafePointer<Pointee>, count: Int) {
        UnsafeMutableRawPointer(self).copyMemory(
            from: source, byteCount: count * MemoryLayout<Pointee>.stride)
    }
}
