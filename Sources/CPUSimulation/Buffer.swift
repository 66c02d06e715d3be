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
        pointer.update(repeating: 0, count: count)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64
        )
        .bindMemory(to: Element.self, capacity: max(count, 1))
    }
}
