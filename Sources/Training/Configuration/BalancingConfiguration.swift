import Optimization

/// How a run weighs its tasks against each other.
public struct BalancingConfiguration: Codable, Sendable, Equatable {
    /// The method.
    public var method = BalancingMethod.equal
    /// Methods that look at gradients: steps of an epoch from one look to the next; weights are kept in between.
    public var every = 1

    /// All tasks count the same.
    public init() {}

    /// Reads a section; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        method = try keys.value(.method, default: method)
        every = try keys.value(.every, default: every)
    }
}
