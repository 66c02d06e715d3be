import ArgumentParser
import QMTL

/// How expectation values are estimated.
struct MeasurementOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Shots per measurement setting (default: exact values); a list scores each number.",
            valueName: "n"))
    var shots: List<Int> = List([])

    @Option(
        help: ArgumentHelp(
            """
            Quantum trajectories of each sample that noise is drawn in, with standard errors: for circuits too wide for \
            exact noise (default: exact noise).
            """, valueName: "n"))
    var trajectories: Int?

    @Option(
        help: ArgumentHelp(
            "The seed of shots and trajectories; with --backend ibm another one measures anew what the ledger has already.",
            valueName: "n")) var shotSeed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            """
            Mitigation: readout (known readout errors are taken out), and one of linear, exponential, richardson (values \
            at 1, 3 and 5 times the noise are continued to none).
            """, valueName: "names"))
    var mitigate: List<Mitigation> = List([])

    mutating func validate() throws {
        for number in shots.elements where number < 1 {
            throw ValidationError("--shots is \(number), but must be at least 1.")
        }
        if let trajectories, trajectories < Trajectories.leastCount {
            throw ValidationError(
                "--trajectories is \(trajectories), but must be at least \(Trajectories.leastCount).")
        }
        if trajectories != nil, isAskedFor {
            throw ValidationError(
                "--trajectories goes without --shots and --mitigate: leave out one of them.")
        }
        if mitigate.elements.compactMap(\.extrapolation).count > 1 {
            throw ValidationError("--mitigate takes one of linear, exponential and richardson.")
        }
    }

    /// Refuses what a device of IBM does not do here.
    func requireWhatDevicesDo() throws {
        if trajectories != nil {
            throw ValidationError("--backend ibm takes no --trajectories: a device has noise of its own.")
        }
        if mitigate.elements.contains(where: { $0 != .readout }) {
            throw ValidationError("--backend ibm mitigates readout only: leave out the others.")
        }
    }

    /// How noise is drawn; nil for exact noise.
    var unravelling: Trajectories? { trajectories.map { Trajectories(count: $0, seed: shotSeed) } }

    /// What estimates values in the one way asked for, computed by `backend`; nil for exact values.
    func estimator(on backend: any Backend) -> (any EstimatingBackend)? {
        if let unravelling { return TrajectoryBackend(backend, unravelling) }
        guard isAskedFor else { return nil }
        return MeasuringBackend(backend, mitigated(measurements[0]) ?? measurements[0])
    }

    /// Whether outcomes are drawn or corrected.
    var isAskedFor: Bool { !shots.elements.isEmpty || !mitigate.elements.isEmpty }

    /// The measurements asked for, one per number of shots, without mitigation.
    var measurements: [Measurement] {
        let numbers: [Int?] = shots.elements.isEmpty ? [nil] : shots.elements
        return numbers.map { Measurement(shots: $0, seed: shotSeed) }
    }

    /// `measurement` with the mitigation asked for; nil where there is none.
    func mitigated(_ measurement: Measurement) -> Measurement? {
        if mitigate.elements.isEmpty { return nil }
        var measurement = measurement
        measurement.correctsReadout = mitigate.elements.contains(.readout)
        measurement.extrapolation = mitigate.elements.lazy.compactMap(\.extrapolation).first
        return measurement
    }
}

/// A way to lessen the effect of errors.
enum Mitigation: String, CaseIterable, ExpressibleByArgument {
    case readout, linear, exponential, richardson

    var extrapolation: Extrapolation? { Extrapolation(rawValue: rawValue) }
}
