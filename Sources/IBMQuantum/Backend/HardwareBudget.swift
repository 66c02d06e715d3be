/// The most that work may take of a device.
public enum HardwareBudget: Sendable, Equatable {
    /// Shots of all circuits and rows together.
    case shots(Int)
    /// Seconds of the device, estimated from its calibration.
    case seconds(Double)

    /// Reads a number of shots, such as `200000`, or of seconds, such as `120s`; nil where the text is neither.
    public init?(_ text: String) {
        if let shots = Int(text), shots > 0 {
            self = .shots(shots)
        } else if text.hasSuffix("s"), let seconds = Double(text.dropLast()), seconds > 0, seconds.isFinite {
            self = .seconds(seconds)
        } else {
            return nil
        }
    }

    /// Whether work fits.
    public func allows(_ report: HardwareReport) -> Bool {
        switch self {
        case .shots(let shots): report.executions <= shots
        case .seconds(let seconds): report.seconds <= seconds
        }
    }
}

extension HardwareBudget: CustomStringConvertible {
    /// For people, such as `200000 shots`.
    public var description: String {
        switch self {
        case .shots(let shots): "\(shots) shots"
        case .seconds(let seconds): "\(seconds) s"
        }
    }
}
