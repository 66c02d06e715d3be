import COpenCL

/// A context on one device with one queue, whose commands run in order; dies with its owner.
struct DeviceQueue: ~Copyable {
    let device: OpenCLDevice
    let functions: qmtl_opencl
    let context: qmtl_cl_context_id
    private let queue: qmtl_cl_queue_id
    private var staging: StagingMemory?
    /// The kernels that were started so far.
    private(set) var launchCount = 0

    init(_ device: OpenCLDevice, _ functions: qmtl_opencl) throws(OpenCLError) {
        var status: Int32 = 0
        var handle = device.handle
        guard let context = functions.clCreateContext(nil, 1, &handle, nil, nil, &status) else {
            throw .callFailed(call: "clCreateContext", status: status)
        }
        guard let queue = functions.clCreateCommandQueue(context, device.handle, 0, &status) else {
            _ = functions.clReleaseContext(context)
            throw .callFailed(call: "clCreateCommandQueue", status: status)
        }
        self.device = device
        self.functions = functions
        self.context = context
        self.queue = queue
    }

    deinit {
        _ = functions.clReleaseCommandQueue(queue)
        _ = functions.clReleaseContext(context)
    }

    /// Takes copies through memory that the device reads and writes by itself, where it is a GPU that gives some.
    mutating func stageTransfers() {
        guard device.kind == .gpu else { return }
        staging = try? StagingMemory(queue, self)
    }

    /// Copies to the start of a buffer, and waits until the source may change.
    func write<Element>(
        _ source: UnsafeBufferPointer<Element>, to buffer: borrowing DeviceBuffer
    ) throws(OpenCLError) {
        let bytes = UnsafeRawBufferPointer(source)
        guard !bytes.isEmpty else { return }
        precondition(bytes.count <= buffer.byteCount, "a buffer must hold what is written to it")
        func send(_ part: UnsafeRawPointer, _ offset: Int, _ count: Int) throws(OpenCLError) {
            try check(
                functions.clEnqueueWriteBuffer(queue, buffer.handle, 1, offset, count, part, 0, nil, nil),
                "clEnqueueWriteBuffer")
        }
        if let staging, bytes.count >= StagingMemory.leastTransfer {
            try staging.upload(bytes, send)
        } else {
            try send(bytes.baseAddress!, 0, bytes.count)
        }
    }

    /// Copies an array to the start of a buffer.
    func write<Element>(_ source: [Element], to buffer: borrowing DeviceBuffer) throws(OpenCLError) {
        var failure: OpenCLError?
        source.withUnsafeBufferPointer { pointer in
            do throws(OpenCLError) { try write(pointer, to: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Copies numbers to the start of a buffer, in its precision.
    func write(
        _ numbers: [Double], to buffer: borrowing DeviceBuffer, _ precision: OpenCLPrecision
    ) throws(OpenCLError) {
        switch precision {
        case .single: try write(numbers.map { Float($0) }, to: buffer)
        case .double: try write(numbers, to: buffer)
        }
    }

    /// Waits for all commands before it and copies the start of a buffer.
    func read<Element>(
        _ buffer: borrowing DeviceBuffer, into target: UnsafeMutableBufferPointer<Element>
    ) throws(OpenCLError) {
        let bytes = UnsafeMutableRawBufferPointer(target)
        guard !bytes.isEmpty else { return }
        precondition(bytes.count <= buffer.byteCount, "a buffer must hold what is read from it")
        func fetch(_ part: UnsafeMutableRawPointer, _ offset: Int, _ count: Int) throws(OpenCLError) {
            try check(
                functions.clEnqueueReadBuffer(queue, buffer.handle, 1, offset, count, part, 0, nil, nil),
                "clEnqueueReadBuffer")
        }
        if let staging, bytes.count >= StagingMemory.leastTransfer {
            try staging.download(bytes, fetch)
        } else {
            try fetch(bytes.baseAddress!, 0, bytes.count)
        }
    }

    /// Starts a kernel on `groups` groups of `groupSize` items; nothing to do is no launch.
    mutating func run(
        _ kernel: borrowing DeviceKernel, groups: Int, groupSize: Int, _ arguments: [KernelArgument]
    ) throws(OpenCLError) {
        guard groups > 0 else { return }
        for (index, argument) in arguments.enumerated() { try kernel.set(argument, at: index) }
        var (globalSize, localSize) = (groups * groupSize, groupSize)
        try check(
            functions.clEnqueueNDRangeKernel(
                queue, kernel.handle, 1, nil, &globalSize, &localSize, 0, nil, nil),
            "clEnqueueNDRangeKernel(\(kernel.name))")
        launchCount += 1
    }
}
