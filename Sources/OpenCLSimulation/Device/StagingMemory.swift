import COpenCL
import LinearAlgebra

/// Memory of the host that a GPU copies to and from by itself, at several times the rate of ordinary memory.
///
/// Drivers give it out for buffers with `CL_MEM_ALLOC_HOST_PTR` that stay mapped (NVIDIA, *OpenCL Best Practices Guide*,
/// 3.1.1). What is copied passes through it in parts of its size.
final class StagingMemory {
    /// Kept for as long as it is mapped.
    private let buffer: DeviceBuffer
    private let address: UnsafeMutableRawPointer

    /// Large enough for the transfers of most steps to pass in one part.
    static var byteCount: Int { 16 << 20 }
    /// Below this, a copy more takes longer than it saves.
    static var leastTransfer: Int { 64 << 10 }

    /// Memory for the device of a queue.
    init(_ queue: qmtl_cl_queue_id, _ owner: borrowing DeviceQueue) throws(OpenCLError) {
        let buffer = try DeviceBuffer(
            byteCount: Self.byteCount,
            flags: Int(QMTL_CL_MEM_READ_WRITE) | Int(QMTL_CL_MEM_ALLOC_HOST_PTR), owner)
        var status: Int32 = 0
        let flags = UInt64(QMTL_CL_MAP_READ) | UInt64(QMTL_CL_MAP_WRITE)
        let mapped = owner.functions.clEnqueueMapBuffer(
            queue, buffer.handle, 1, flags, 0, Self.byteCount, 0, nil, nil, &status)
        try check(status, "clEnqueueMapBuffer")
        self.buffer = buffer
        address = mapped!
    }

    /// Calls `send` for each part of `bytes`, with the copy of it and where it begins.
    func upload(
        _ bytes: UnsafeRawBufferPointer,
        _ send: (_ part: UnsafeRawPointer, _ offset: Int, _ count: Int) throws(OpenCLError) -> Void
    ) throws(OpenCLError) {
        for start in stride(from: 0, to: bytes.count, by: Self.byteCount) {
            let count = min(Self.byteCount, bytes.count - start)
            Self.copy(bytes.baseAddress! + start, to: address, count: count)
            try send(address, start, count)
        }
    }

    /// Calls `fetch` for each part of `bytes`, which are then what it has put here.
    func download(
        _ bytes: UnsafeMutableRawBufferPointer,
        _ fetch: (_ part: UnsafeMutableRawPointer, _ offset: Int, _ count: Int) throws(OpenCLError) -> Void
    ) throws(OpenCLError) {
        for start in stride(from: 0, to: bytes.count, by: Self.byteCount) {
            let count = min(Self.byteCount, bytes.count - start)
            try fetch(address, start, count)
            Self.copy(address, to: bytes.baseAddress! + start, count: count)
        }
    }

    /// Copies on all cores: one does not fill a bus.
    private static func copy(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) {
        let part = 256 << 10
        nonisolated(unsafe) let (source, target) = (source, target)
        ThreadTeam.allCores.forEach((count + part - 1) / part) { index, _ in
            let start = index * part
            (target + start).copyMemory(from: source + start, byteCount: min(part, count - start))
        }
    }
}
