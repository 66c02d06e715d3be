import Foundation
import Kernels
import OpenCLSimulation
import Testing

struct OpenCLErrorTests {
    @Test func aMissingLoaderIsNamed() {
        let error = #expect(throws: OpenCLError.self) {
            try OpenCLPlatforms.devices(loader: "/nowhere/libOpenCL.so.1")
        }
        guard case .loaderMissing(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == "/nowhere/libOpenCL.so.1")
        #expect("\(error!)".contains("/nowhere/libOpenCL.so.1"))
    }

    @Test func theEnvironmentNamesTheLoader() async {
        await #expect(processExitsWith: .success) {
            setenv("QMTL_OPENCL_LIBRARY", "/nowhere/libOpenCL.so.1", 1)
            let error = #expect(throws: OpenCLError.self) { try OpenCLPlatforms.devices() }
            #expect("\(error!)".contains("/nowhere/libOpenCL.so.1"))
        }
    }

    @Test func aLibraryWithoutOpenCLIsNoLoader() {
        #expect(
            throws: OpenCLError.loaderMissing(
                path: "libm.so.6", reason: "it has no function clGetPlatformIDs")
        ) {
            try OpenCLPlatforms.devices(loader: "libm.so.6")
        }
    }

    @Test(.needsDevice) func anUnknownDeviceIsRefusedWithTheKnownOnes() {
        let error = #expect(throws: OpenCLError.self) {
            try OpenCLPlatforms.device(matching: "no such device")
        }
        guard case .noDevice("no such device", let available) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!available.isEmpty)
    }

    @Test(.needsDevice) func aDeviceIsChosenByNumberAndByName() throws {
        let devices = try OpenCLPlatforms.devices()
        for (index, device) in devices.enumerated() {
            #expect(try OpenCLPlatforms.device(matching: "\(index)") == device)
        }
        #expect(try OpenCLPlatforms.device(matching: devices[0].name.uppercased()).name == devices[0].name)
    }

    @Test(.needsDevice) func aCompilersLogIsShown() throws {
        let broken = KernelSource(text: "__kernel void half_angles() { not_declared = 1; }")
        let error = #expect(throws: OpenCLError.self) {
            try OpenCLBackend(
                device: #require(testDevice), shape: .automatic, source: broken,
                cache: ProgramCache(folder: nil))
        }
        guard case .buildFailed(_, let log) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(log.contains("not_declared"))
    }
}
