/// Why a circuit cannot be brought to a device.
public enum TranspilationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The device has too few working qubits that are connected with each other.
    case tooManyQubits(needed: Int, available: Int, device: String)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .tooManyQubits(let needed, let available, let device):
            """
            the circuit needs \(needed) qubits, and device '\(device)' has \(available) that work and are connected: \
            use fewer tasks or qubits, or another device
            """
        }
    }
}
