import Execution
import Kernels
import LinearAlgebra

/// The backend for GPUs and other OpenCL devices: all tasks and as many samples as fit in a fixed number of launches.
///
/// The algorithm is the CPU backend's: every sample is encoded once per cone, heads are matrices in the Heisenberg picture,
/// and one adjoint sweep per sample gives all gradients. A training step is 11 launches, whatever its size.
public actor OpenCLBackend: Backend {
    /// What this backend is and can do.
    public nonisolated let capabilities: BackendCapabilities
    /// The device it computes on.
    public nonisolated let device: OpenCLDevice
    // Forward: half angles, simulation, head matrices, expectation values. Back: spreading the cotangent, matrix gradients,
    // effective observables, duals of the heads, the sweep, sums over features, sums over trainable angles. Under noise heads
    // have a sweep of their own in place of matrices and duals.
    private static let launchesPerStep = 4 + 7
    private let precision: OpenCLPrecision
    private let choice: OpenCLWorkShape
    private let executor = BackendExecutor(label: "qmtl.opencl")
    private let engine: OpenCLEngine

    /// The queue the backend's work runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The kernels started so far; the difference over a step is its number of launches.
    public var launchCount: Int { engine.launchCount }

    /// A backend on `device` that uses at most `memory` bytes of it (default: half of what the device has, and of what is
    /// free where it is a processor).
    ///
    /// Kernels are compiled for the device when they are first needed, and kept on disk.
    /// - Throws: `OpenCLError` when the device cannot be used.
    public init(
        device: OpenCLDevice, memory: Int? = nil, precision: OpenCLPrecision = .single
    ) throws(OpenCLError) {
        try self.init(
            device: device, memory: memory, precision: precision, shape: .automatic)
    }

    /// A backend whose work shape, kernels and cache the caller chooses.
    package init(
        device: OpenCLDevice, memory: Int? = nil, precision: OpenCLPrecision = .single,
        shape: OpenCLWorkShape,
        source: KernelSource = .embedded, cache: ProgramCache = .standard()
    ) throws(OpenCLError) {
        self.device = device
        self.precision = precision
        choice = shape
        engine = try OpenCLEngine(
            device, precision, memory: memory ?? Self.budget(of: device), shape: shape, source: source,
            cache: cache)
        capabilities = BackendCapabilities(
            name: "opencl", device: "\(device), \(precision) precision", threads: device.computeUnits,
            launchesPerStep: Self.launchesPerStep)
    }

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        return try engine.expectations(plan, plan.expansion?.inputs(inputs) ?? inputs)
    }

    /// Expectation values and the gradients of features and trainable angles.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        let gradients = try engine.gradients(plan, plan.expansion?.inputs(inputs) ?? inputs, cotangent)
        return plan.expansion?.gradients(gradients, inputs: inputs) ?? gradients
    }

    /// Cones and blocks of a plan, and where states are kept.
    public nonisolated func explanation(of plan: ExecutionPlan) -> [String] {
        let shape = WorkShape(choice, device, precision, .back(plan))
        let place = shape.statesInGlobalMemory ? "global" : "local"
        return plan.explanation { group in
            let tile = "in tiles of \(shape.tile) samples, whose states are in \(place) memory"
            guard let transfer = group.transfer else { return tile }
            return "\(tile), as 4^\(transfer.qubitCount) numbers in the Pauli basis"
        }
    }

    private static func budget(of device: OpenCLDevice) -> Int {
        switch device.kind {
        case .cpu: min(device.globalMemory / 2, MemoryBudget.halfOfFree())
        case .gpu, .other: device.globalMemory / 2
        }
    }
}
