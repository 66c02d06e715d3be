import Foundation

extension JSONEncoder {
    /// The same value always gives the same bytes, with the service's names: `initQubits` is `init_qubits`.
    static func encodePrimitive(_ value: some Encodable) -> Data {
        let encoder = JSONEncoder.sorted
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return try encoder.encode(value)
        } catch {
            preconditionFailure("blocs and options hold texts and finite numbers, which encode")
        }
    }
}
