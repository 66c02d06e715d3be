import COpenCL
import Foundation

/// The functions of an OpenCL loader that was opened at run time.
package struct OpenCLLibrary: Sendable {
    /// The environment variable that names another loader than the system's.
    static let environmentVariable = "QMTL_OPENCL_LIBRARY"

    /// What the loader offers.
    package let functions: qmtl_opencl

    /// Opens the loader at `path`, by default the one that the environment names, else the system's.
    package init(path: String? = nil) throws(OpenCLError) {
        let path =
            path ?? ProcessInfo.processInfo.environment[Self.environmentVariable] ?? "libOpenCL.so.1"
        var functions = qmtl_opencl()
        if let reason = qmtl_opencl_open(path, &functions) {
            // The system's message begins with the path, which the error names already.
            let text = String(cString: reason)
            let prefix = path + ": "
            throw .loaderMissing(
                path: path, reason: text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
        }
        self.functions = functions
    }

    /// What an information function such as `clGetDeviceInfo` gives: asked for its size, then for its bytes.
    static func information(
        _ call: String, _ ask: (_ size: Int, _ value: UnsafeMutableRawPointer?, _ needed: inout Int) -> Int32
    ) throws(OpenCLError) -> [UInt8] {
        var size = 0
        try check(ask(0, nil, &size), call)
        var bytes = [UInt8](repeating: 0, count: size)
        try check(ask(size, &bytes, &size), call)
        return bytes
    }
}

/// Turns the status of an OpenCL call into an error that names the call.
func check(_ status: Int32, _ call: String) throws(OpenCLError) {
    guard status == Int32(QMTL_CL_SUCCESS) else { throw .callFailed(call: call, status: status) }
}

/// The statuses that are told apart.
enum OpenCLStatus {
    /// Of calls that found no platform or no device.
    static let noneFound = Set([QMTL_CL_DEVICE_NOT_FOUND, QMTL_CL_PLATFORM_NOT_FOUND].map { Int32($0) })
    /// Of calls that may succeed with less memory.
    static let shortagesOfMemory = Set(
        [
            QMTL_CL_MEM_OBJECT_ALLOCATION_FAILURE, QMTL_CL_OUT_OF_RESOURCES, QMTL_CL_OUT_OF_HOST_MEMORY,
            QMTL_CL_INVALID_BUFFER_SIZE,
        ].map { Int32($0) })
}
