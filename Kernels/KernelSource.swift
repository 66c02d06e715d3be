/// The OpenCL C source of all kernels, embedded in the program.
public enum KernelSource {
    /// The whole source, the shared prelude first.
    public static let text = files.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")

    /// A digest of the source (FNV-1a), part of the key that built programs are kept under.
    public static let digest = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
        (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// In the order of use: a function is defined before the kernels that call it.
    private static let files = [
        PackageResources.prelude_cl, PackageResources.half_angles_cl, PackageResources.rotations_cl,
        PackageResources.product_states_cl, PackageResources.reduced_states_cl, PackageResources.simulate_cl,
        PackageResources.head_matrices_cl, PackageResources.expectations_cl, PackageResources.cotangents_cl,
        PackageResources.adjoint_cl, PackageResources.gradients_cl,
    ]
}
