import COpenCL
import Foundation

/// The OpenCL devices of this machine.
public enum OpenCLPlatforms {
    /// The environment variable that chooses a device, as `device(matching:)` does.
    public static let environmentVariable = "QMTL_DEVICE"

    /// All devices of all platforms, in the loader's order.
    ///
    /// `loader` names another loader library than the one of the system or of `QMTL_OPENCL_LIBRARY`.
    /// - Throws: `OpenCLError` when there is no loader, no platform or no device.
    public static func devices(loader: String? = nil) throws(OpenCLError) -> [OpenCLDevice] {
        let library = try OpenCLLibrary(path: loader)
        var devices: [OpenCLDevice] = []
        for platform in try platforms(library) {
            let name = try OpenCLLibrary.information("clGetPlatformInfo") { size, value, needed in
                library.functions.clGetPlatformInfo(
                    platform, UInt32(QMTL_CL_PLATFORM_NAME), size, value, &needed)
            }
            let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            for device in try handles(platform, library) {
                devices.append(try OpenCLDevice(device, platform: text, library))
            }
        }
        guard !devices.isEmpty else { throw .noDevice(requested: nil, available: []) }
        return devices
    }

    /// The device that `choice` names by its number or by a part of its name, in any case.
    ///
    /// Without a choice: what `QMTL_DEVICE` names, else the first GPU, else the first device.
    /// - Throws: `OpenCLError` when there is none.
    public static func device(matching choice: String? = nil) throws(OpenCLError) -> OpenCLDevice {
        let devices = try devices()
        guard let choice = choice ?? ProcessInfo.processInfo.environment[environmentVariable] else {
            return devices.first { $0.kind == .gpu } ?? devices[0]
        }
        if let index = Int(choice), devices.indices.contains(index) { return devices[index] }
        guard
            let device = devices.first(where: {
                $0.description.lowercased().contains(choice.lowercased())
            })
        else {
            throw .noDevice(
                requested: choice, available: devices.enumerated().map { "\($0): \($1.name)" })
        }
        return device
    }

    private static func platforms(_ library: OpenCLLibrary) throws(OpenCLError) -> [qmtl_cl_platform_id] {
        var count: UInt32 = 0
        let status = library.functions.clGetPlatformIDs(0, nil, &count)
        if OpenCLStatus.noneFound.contains(status) || status == 0 && count == 0 { throw .noPlatform }
        try check(status, "clGetPlatformIDs")
        var platforms = [qmtl_cl_platform_id?](repeating: nil, count: Int(count))
        try check(library.functions.clGetPlatformIDs(count, &platforms, nil), "clGetPlatformIDs")
        return platforms.compactMap { $0 }
    }

    private static func handles(
        _ platform: qmtl_cl_platform_id, _ library: OpenCLLibrary
    ) throws(OpenCLError) -> [qmtl_cl_device_id] {
        let all = UInt64(QMTL_CL_DEVICE_TYPE_ALL)
        var count: UInt32 = 0
        let status = library.functions.clGetDeviceIDs(platform, all, 0, nil, &count)
        if OpenCLStatus.noneFound.contains(status) { return [] }
        try check(status, "clGetDeviceIDs")
        var devices = [qmtl_cl_device_id?](repeating: nil, count: Int(count))
        try check(library.functions.clGetDeviceIDs(platform, all, count, &devices, nil), "clGetDeviceIDs")
        return devices.compactMap { $0 }
    }
}
