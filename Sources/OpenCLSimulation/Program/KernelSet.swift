import Kernels

/// All kernels, built for one device and one work shape.
final class KernelSet {
    let halfAngles: DeviceKernel
    let simulate: DeviceKernel
    let headMatrices: DeviceKernel
    let expectations: DeviceKernel
    let spreadCotangent: DeviceKernel
    let matrixGradients: DeviceKernel
    let effectiveObservables: DeviceKernel
    let headDuals: DeviceKernel
    let adjoint: DeviceKernel
    let featureGradients: DeviceKernel
    let parameterGradients: DeviceKernel
    let transferCones: DeviceKernel
    let transferHeads: DeviceKernel
    let transferConesBack: DeviceKernel
    let transferHeadsBack: DeviceKernel
    let randomWords: DeviceKernel

    init(
        _ source: KernelSource, _ shape: WorkShape, _ precision: OpenCLPrecision, cache: ProgramCache,
        _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) {
        let key = ProgramKey(
            sourceDigest: source.digest, options: shape.options(precision), device: queue.device)
        let program = try DeviceProgram.make(source: source.text, key: key, cache: cache, queue)
        halfAngles = try DeviceKernel("half_angles", of: program)
        simulate = try DeviceKernel("simulate", of: program)
        headMatrices = try DeviceKernel("head_matrices", of: program)
        expectations = try DeviceKernel("expectations", of: program)
        spreadCotangent = try DeviceKernel("spread_cotangent", of: program)
        matrixGradients = try DeviceKernel("matrix_gradients", of: program)
        effectiveObservables = try DeviceKernel("effective_observables", of: program)
        headDuals = try DeviceKernel("head_duals", of: program)
        adjoint = try DeviceKernel("adjoint", of: program)
        featureGradients = try DeviceKernel("feature_gradients", of: program)
        parameterGradients = try DeviceKernel("parameter_gradients", of: program)
        transferCones = try DeviceKernel("transfer_cones", of: program)
        transferHeads = try DeviceKernel("transfer_heads", of: program)
        transferConesBack = try DeviceKernel("transfer_cones_back", of: program)
        transferHeadsBack = try DeviceKernel("transfer_heads_back", of: program)
        randomWords = try DeviceKernel("random_words", of: program)
    }
}
