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
            "The seed of the shots; with --backend ibm another one measures anew what the ledger has already.",
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
        if mitigate.elements.compactMap(\.extrapolation).count > 1 {
            throw ValidationError("--mitigate takes one of linear, exponential and richardson.")
        }
    }

    /// Refuses mitigation that a device of IBM does not do here.
    func requireReadoutMitigationOnly() throws {
        if mitigate.elements.contains(where: { $0 != .readout }) {
            throw ValidationError("--backend ibm mitigates readout only: leave out the others.")
        }
    }

    /// Whether values are estimated instead of exact.
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
