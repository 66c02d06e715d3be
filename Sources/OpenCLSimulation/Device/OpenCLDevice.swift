import COpenCL

/// A device of an OpenCL platform, with its limits.
public struct OpenCLDevice: Sendable, Hashable, CustomStringConvertible {
    /// What a device is.
    public enum Kind: String, Sendable, Codable {
        case cpu
        case gpu
        /// An accelerator, or what the driver calls something else.
        case other
    }

    /// The platform, for instance `NVIDIA CUDA`.
    public let platform: String
    /// The device's name.
    public let name: String
    /// Processor, GPU or other.
    public let kind: Kind
    /// The OpenCL version the device reports.
    public let version: String
    /// The driver's version.
    public let driver: String
    /// The number of its cores or multiprocessors.
    public let computeUnits: Int
    /// Memory of the device, in bytes.
    public let globalMemory: Int
    /// The largest single allocation, in bytes.
    public let largestAllocation: Int
    /// Memory that the items of a work-group share, in bytes.
    public let localMemory: Int
    /// The most items of a work-group.
    public let largestGroup: Int
    /// Whether it computes in double precision.
    public let hasDoublePrecision: Bool
    /// Floats of a vector register.
    let floatWidth: Int
    /// Doubles of a vector register.
    let doubleWidth: Int
    /// The driver's handle; it stays valid for the life of the process.
    private let address: UInt

    var handle: qmtl_cl_device_id? { qmtl_cl_device_id(bitPattern: address) }

    /// Platform and name.
    public var description: String { "\(name) (\(platform))" }

    init(_ handle: qmtl_cl_device_id, platform: String, _ library: OpenCLLibrary) throws(OpenCLError) {
        let information = DeviceInformation(handle: handle, functions: library.functions)
        address = UInt(bitPattern: handle)
        self.platform = platform
        name = try information.text(QMTL_CL_DEVICE_NAME)
        let type = try information.number(QMTL_CL_DEVICE_TYPE)
        if type & Int(QMTL_CL_DEVICE_TYPE_GPU) != 0 {
            kind = .gpu
        } else if type & Int(QMTL_CL_DEVICE_TYPE_CPU) != 0 {
            kind = .cpu
        } else {
            kind = .other
        }
        version = try information.text(QMTL_CL_DEVICE_VERSION)
        driver = try information.text(QMTL_CL_DRIVER_VERSION)
        computeUnits = try information.number(QMTL_CL_DEVICE_MAX_COMPUTE_UNITS)
        globalMemory = try information.number(QMTL_CL_DEVICE_GLOBAL_MEM_SIZE)
        largestAllocation = try information.number(QMTL_CL_DEVICE_MAX_MEM_ALLOC_SIZE)
        localMemory = try information.number(QMTL_CL_DEVICE_LOCAL_MEM_SIZE)
        largestGroup = try information.number(QMTL_CL_DEVICE_MAX_WORK_GROUP_SIZE)
        hasDoublePrecision = try information.text(QMTL_CL_DEVICE_EXTENSIONS).split(separator: " ")
            .contains("cl_khr_fp64")
        floatWidth = try information.number(QMTL_CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT)
        doubleWidth = try information.number(QMTL_CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE)
    }
}

/// Reads what a device reports about itself.
private struct DeviceInformation {
    let handle: qmtl_cl_device_id
    let functions: qmtl_opencl

    func bytes(_ name: Int) throws(OpenCLError) -> [UInt8] {
        try OpenCLLibrary.information("clGetDeviceInfo") { size, value, needed in
            functions.clGetDeviceInfo(handle, UInt32(name), size, value, &needed)
        }
    }

    func text(_ name: Int) throws(OpenCLError) -> String {
        String(decoding: try bytes(name).prefix { $0 != 0 }, as: UTF8.self)
    }

    /// An unsigned number of four or eight bytes.
    func number(_ name: Int) throws(OpenCLError) -> Int {
        let value = try bytes(name).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return Int(clamping: value)
    }
}
