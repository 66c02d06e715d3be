import COpenCL

/// Memory of a device; has one owner and dies with it.
struct DeviceBuffer: ~Copyable {
    let handle: qmtl_cl_memory_id
    let byteCount: Int
    private let release: @convention(c) (qmtl_cl_memory_id?) -> Int32

    /// At least `byteCount` bytes, for kernels to read and write.
    init(
        byteCount: Int, flags: Int = Int(QMTL_CL_MEM_READ_WRITE), _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) {
        // OpenCL refuses empty buffers.
        let byteCount = max(byteCount, 64)
        var status: Int32 = 0
        let flags = UInt64(flags)
        guard let handle = queue.functions.clCreateBuffer(queue.context, flags, byteCount, nil, &status)
        else { throw .callFailed(call: "clCreateBuffer", status: status) }
        self.handle = handle
        self.byteCount = byteCount
        release = queue.functions.clReleaseMemObject
    }

    deinit { _ = release(handle) }
}
