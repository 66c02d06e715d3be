/// The Cloud Resource Name of a service instance: `crn:v1:bluemix:public:quantum-computing:REGION:a/ACCOUNT:ID::`.
public struct InstanceCRN: Sendable, Hashable, CustomStringConvertible {
    /// The name as the service writes it.
    public let description: String
    /// The region that runs the instance, such as `us-east`.
    public let region: String

    /// A name; nil for a text that is none.
    public init?(_ text: String) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        let allowed = text.unicodeScalars.allSatisfy { $0.isASCII && !$0.properties.isWhitespace }
        guard fields.count == 10, fields[0] == "crn", fields[4] == "quantum-computing", !fields[5].isEmpty,
            fields[5].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }), allowed
        else { return nil }
        description = text
        region = String(fields[5])
    }
}
