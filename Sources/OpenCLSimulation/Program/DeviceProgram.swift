import COpenCL

/// A program built for one device; dies with its owner.
struct DeviceProgram: ~Copyable {
    let handle: qmtl_cl_program_id
    let functions: qmtl_opencl

    private init(handle: qmtl_cl_program_id, functions: qmtl_opencl) {
        self.handle = handle
        self.functions = functions
    }

    deinit { _ = functions.clReleaseProgram(handle) }

    /// Takes the program from the cache, or builds it from `source` and keeps it there.
    ///
    /// A kept program that the driver refuses is built anew.
    static func make(
        source: String, key: ProgramKey, cache: ProgramCache, _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) -> DeviceProgram {
        if let binary = cache.binary(for: key),
            let program = try? load(binary, options: key.options, queue)
        {
            return program
        }
        let program = try build(source, options: key.options, queue)
        cache.store(try program.binary(), for: key)
        return program
    }

    /// Compiles `source`.
    /// - Throws: `OpenCLError.buildFailed` with the compiler's log.
    static func build(
        _ source: String, options: String, _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) -> DeviceProgram {
        var status: Int32 = 0
        let (context, functions) = (queue.context, queue.functions)
        let handle = source.withCString { text in
            var text: UnsafePointer<CChar>? = text
            return functions.clCreateProgramWithSource(context, 1, &text, nil, &status)
        }
        guard let handle else { throw .callFailed(call: "clCreateProgramWithSource", status: status) }
        let program = DeviceProgram(handle: handle, functions: functions)
        try program.build(options, queue.device)
        return program
    }

    /// Loads what `binary` gave on the same device and driver.
    private static func load(
        _ binary: [UInt8], options: String, _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) -> DeviceProgram {
        var (status, binaryStatus) = (0 as Int32, 0 as Int32)
        let (context, functions) = (queue.context, queue.functions)
        var device = queue.device.handle
        let handle = binary.withUnsafeBufferPointer { bytes in
            var (length, start) = (bytes.count, bytes.baseAddress)
            return functions.clCreateProgramWithBinary(
                context, 1, &device, &length, &start, &binaryStatus, &status)
        }
        guard let handle else { throw .callFailed(call: "clCreateProgramWithBinary", status: status) }
        let program = DeviceProgram(handle: handle, functions: functions)
        try check(binaryStatus, "clCreateProgramWithBinary")
        try program.build(options, queue.device)
        return program
    }

    private func build(_ options: String, _ device: OpenCLDevice) throws(OpenCLError) {
        var handles = device.handle
        guard functions.clBuildProgram(handle, 1, &handles, options, nil, nil) == 0 else {
            let log = try OpenCLLibrary.information("clGetProgramBuildInfo") { size, value, needed in
                functions.clGetProgramBuildInfo(
                    handle, device.handle, UInt32(QMTL_CL_PROGRAM_BUILD_LOG), size, value, &needed)
            }
            throw .buildFailed(
                device: device.name, log: String(decoding: log.prefix { $0 != 0 }, as: UTF8.self))
        }
    }

    /// What the driver compiled; empty where it gives nothing away.
    private func binary() throws(OpenCLError) -> [UInt8] {
        var size = 0
        try check(
            functions.clGetProgramInfo(
                handle, UInt32(QMTL_CL_PROGRAM_BINARY_SIZES), MemoryLayout<Int>.size, &size, nil),
            "clGetProgramInfo")
        var bytes = [UInt8](repeating: 0, count: size)
        let status = bytes.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            return functions.clGetProgramInfo(
                handle, UInt32(QMTL_CL_PROGRAM_BINARIES), MemoryLayout.size(ofValue: start), &start, nil)
        }
        try check(status, "clGetProgramInfo")
        return bytes
    }
}
