/// OpenCL C source of the kernels.
public struct KernelSource: Sendable {
    /// The whole source, the shared prelude first.
    public let text: String

    /// A digest of the source, part of the key that built programs are kept under.
    public let digest: UInt64

    /// A source of other text.
    public init(text: String) {
        self.text = text
        digest = Self.digest(of: text.utf8)
    }

    /// The FNV-1a digest of bytes: tells sources and torn files apart, does not protect against forgery.
    public static func digest(of bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// The kernels embedded in the program; a function comes before the kernels that call it.
    public static let embedded = KernelSource(
        text: [
            PackageResources.prelude_cl, PackageResources.half_angles_cl, PackageResources.rotations_cl,
            PackageResources.product_states_cl, PackageResources.reduced_states_cl,
            PackageResources.simulate_cl, PackageResources.head_matrices_cl,
            PackageResources.expectations_cl, PackageResources.cotangents_cl, PackageResources.adjoint_cl,
            PackageResources.gradients_cl, PackageResources.transfer_matrices_cl,
            PackageResources.transfer_steps_cl, PackageResources.transfer_cl,
            PackageResources.random_numbers_cl,
        ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n"))
}
