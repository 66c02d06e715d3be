/// All that decides what a compiler makes of a source.
struct ProgramKey: Hashable {
    let sourceDigest: UInt64
    let options: String
    let device: String
    let driver: String

    init(sourceDigest: UInt64, options: String, device: OpenCLDevice) {
        self.sourceDigest = sourceDigest
        self.options = options
        self.device = "\(device.platform), \(device.name), \(device.version)"
        driver = device.driver
    }

    /// One line, different for different keys.
    var text: String {
        [String(sourceDigest, radix: 16), options, device, driver].map(\.debugDescription).joined(
            separator: " ")
    }
}
