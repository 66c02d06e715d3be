/// Why OpenCL could not be used.
public enum OpenCLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The loader library could not be opened.
    case loaderMissing(path: String, reason: String)
    /// The loader knows no platform.
    case noPlatform
    /// No device of any platform, or none that was asked for.
    case noDevice(requested: String?, available: [String])
    /// The device does not compute in double precision.
    case noDoublePrecision(device: String)
    /// A call of the interface gave an error.
    case callFailed(call: String, status: Int32)
    /// The device's compiler refused the kernels.
    case buildFailed(device: String, log: String)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .loaderMissing(let path, let reason):
            """
            the OpenCL loader '\(path)' cannot be opened (\(reason)): install ocl-icd-libopencl1 and the OpenCL driver \
            of your device
            """
        case .noPlatform:
            "the OpenCL loader finds no platform: install the OpenCL driver of your device (pocl-opencl-icd for a CPU)"
        case .noDevice(nil, _):
            "no OpenCL platform has a device: install the OpenCL driver of your device (pocl-opencl-icd for a CPU)"
        case .noDevice(let requested?, let available):
            """
            no OpenCL device is called '\(requested)': choose one of \(available.joined(separator: ", ")) by number or by \
            a part of its name
            """
        case .noDoublePrecision(let device):
            "the OpenCL device '\(device)' does not compute in double precision: use single precision"
        case .callFailed(let call, let status):
            "OpenCL's \(call) failed with status \(status): try the cpu backend"
        case .buildFailed(let device, let log):
            "the OpenCL compiler of '\(device)' refused the kernels: \(log)"
        }
    }

    /// Whether a smaller piece of work may succeed.
    var isShortageOfMemory: Bool {
        switch self {
        case .callFailed(_, let status): OpenCLStatus.shortagesOfMemory.contains(status)
        case .loaderMissing, .noPlatform, .noDevice, .noDoublePrecision, .buildFailed: false
        }
    }
}
