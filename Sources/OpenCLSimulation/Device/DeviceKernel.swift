import COpenCL

/// What a kernel is called with.
enum KernelArgument {
    case buffer(qmtl_cl_memory_id)
    case number(Int)
    /// Local memory, in bytes.
    case local(Int)
}

/// A kernel of a built program; dies with its owner.
struct DeviceKernel: ~Copyable {
    let name: String
    let handle: qmtl_cl_kernel_id
    private let functions: qmtl_opencl

    init(_ name: String, of program: borrowing DeviceProgram) throws(OpenCLError) {
        var status: Int32 = 0
        guard let handle = program.functions.clCreateKernel(program.handle, name, &status) else {
            throw .callFailed(call: "clCreateKernel(\(name))", status: status)
        }
        self.name = name
        self.handle = handle
        functions = program.functions
    }

    deinit { _ = functions.clReleaseKernel(handle) }

    func set(_ argument: KernelArgument, at index: Int) throws(OpenCLError) {
        let status: Int32
        switch argument {
        case .buffer(let buffer):
            var buffer: qmtl_cl_memory_id? = buffer
            status = functions.clSetKernelArg(
                handle, UInt32(index), MemoryLayout.size(ofValue: buffer), &buffer)
        case .number(let number):
            var number = Int32(number)
            status = functions.clSetKernelArg(handle, UInt32(index), MemoryLayout<Int32>.size, &number)
        case .local(let byteCount):
            status = functions.clSetKernelArg(handle, UInt32(index), byteCount, nil)
        }
        try check(status, "clSetKernelArg(\(name), \(index))")
    }
}
