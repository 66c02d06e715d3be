import Execution
import Foundation

/// How long a training step takes: the answer of `qmtl bench step --json`.
public struct StepTiming: Codable, Sendable, Equatable {
    /// The circuit's preset.
    public let preset: String
    /// The number of tasks.
    public let tasks: Int
    /// The number of samples.
    public let batch: Int
    /// The qubits of the whole circuit.
    public let qubits: Int
    /// The largest number of qubits simulated together.
    public let widestCone: Int
    /// The features of a sample.
    public let features: Int
    /// The trainable angles, dead ones included.
    public let parameters: Int
    /// The loss of the step.
    public let loss: Double
    /// The number of steps timed.
    public let repeats: Int
    /// The median step, in seconds.
    public let median: Double
    /// The fastest step, in seconds.
    public let fastest: Double
    /// The slowest step, in seconds.
    public let slowest: Double
    /// The median step with the gradients of each task's share of the loss apart, in seconds; nil where not timed.
    public let taskGradients: Double?
    /// Making the plan and the first step, in seconds.
    public let setup: Double
    /// Kernels started on a device per step; 0 where the processor does the work.
    public let launchesPerStep: Int
    /// Task circuits, values and gradients, evaluated a second.
    public let circuitsPerSecond: Double
    /// Floating-point operations a second, in thousands of millions; operations as `ExecutionPlan.multiplyAdds` counts.
    public let gigaflops: Double
    /// The same for this machine's product of 512 x 512 matrices of floats, measured in the same run.
    public let productGigaflops: Double
    /// The most memory used, in MiB; nil where the system does not tell.
    public let peakMemory: Double?
    /// The backend's name.
    public let backend: String
    /// The device.
    public let device: String
    /// The number of threads.
    public let threads: Int

    private enum CodingKeys: String, CodingKey {
        case preset, tasks, batch, qubits, features, parameters, loss, repeats, backend, device, threads
        case widestCone = "widest_cone"
        case median = "median_s"
        case fastest = "min_s"
        case slowest = "max_s"
        case taskGradients = "task_gradients_s"
        case setup = "setup_s"
        case launchesPerStep = "launches_per_step"
        case circuitsPerSecond = "circuits_per_second"
        case gigaflops = "gflops"
        case productGigaflops = "sgemm_gflops"
        case peakMemory = "peak_rss_mb"
    }
}

extension StepWorkload {
    /// How long to time a step for.
    public struct TimingBudget: Sendable {
        /// Time to spend on timed steps, in seconds.
        public var seconds: Double
        /// The least number of timed steps, unless they take ten times as long as they should.
        public var leastRepeats: Int
        /// The largest number of timed steps.
        public var mostRepeats: Int

        /// About `seconds`, at least `leastRepeats` steps and at most `mostRepeats`.
        public init(seconds: Double = 2, leastRepeats: Int = 5, mostRepeats: Int = 10_000) {
            self.seconds = seconds
            self.leastRepeats = max(1, leastRepeats)
            self.mostRepeats = max(self.leastRepeats, mostRepeats)
        }
    }

    /// Runs the step until its median is known well, and gives the timing with the outputs of the last step.
    ///
    /// The first step prepares the backend; a tenth of the budget more warms caches and clocks up.
    /// - Parameters:
    ///   - backend: What computes the step.
    ///   - budget: How long to measure.
    ///   - taskGradients: Whether to time `Backend.taskGradients` as well, for as long again.
    /// - Throws: `BackendError` as the backend does; `CancellationError`.
    public func time(
        on backend: some Backend, budget: TimingBudget = TimingBudget(), taskGradients: Bool = false
    ) async throws -> (timing: StepTiming, gradients: CircuitGradients) {
        let clock = ContinuousClock()
        let start = clock.now
        var gradients = try await step(on: backend)
        let setup = planSeconds + (clock.now - start) / .seconds(1)
        let times = try await budget.times { gradients = try await step(on: backend) }
        var taskTimes: [Double]?
        if taskGradients {
            _ = try await backend.taskGradients(plan, inputs: inputs, cotangent: cotangent)
            taskTimes = try await budget.times {
                _ = try await backend.taskGradients(plan, inputs: inputs, cotangent: cotangent)
            }
        }
        let circuit = plan.circuit
        let median = times.median
        let result = StepTiming(
            preset: preset.name, tasks: labels.columns, batch: inputs.sampleCount,
            qubits: circuit.encoding.qubitCount, widestCone: plan.widestCone, features: circuit.featureCount,
            parameters: circuit.parameterCount, loss: loss(gradients.expectations), repeats: times.count,
            median: median, fastest: times[0], slowest: times[times.count - 1],
            taskGradients: taskTimes?.median, setup: setup,
            launchesPerStep: backend.capabilities.launchesPerStep ?? 0,
            circuitsPerSecond: Double(circuitCount) / median,
            gigaflops: 2e-9 * plan.multiplyAdds(sampleCount: inputs.sampleCount) / median,
            productGigaflops: MatrixProductRate.measured(),
            peakMemory: PeakMemory.bytes.map { Double($0) / 0x1p20 },
            backend: backend.capabilities.name, device: backend.capabilities.device,
            threads: backend.capabilities.threads)
        return (result, gradients)
    }
}

extension StepWorkload.TimingBudget {
    /// The times of `body` in seconds, ascending, after a tenth of the budget to warm up.
    fileprivate func times(_ body: () async throws -> Void) async throws -> [Double] {
        let clock = ContinuousClock()
        func since(_ start: ContinuousClock.Instant) -> Double { (clock.now - start) / .seconds(1) }
        let warming = clock.now
        while since(warming) < seconds / 10 { try await body() }
        var times: [Double] = []
        let timing = clock.now
        let longest = max(10 * seconds, 10)
        while times.isEmpty
            || (times.count < leastRepeats && since(timing) < longest)
            || (times.count < mostRepeats && since(timing) < seconds)
        {
            try Task.checkCancellation()
            let start = clock.now
            try await body()
            times.append(since(start))
        }
        return times.sorted()
    }
}

extension [Double] {
    /// The middle of sorted numbers.
    fileprivate var median: Double { (self[(count - 1) / 2] + self[count / 2]) / 2 }
}
