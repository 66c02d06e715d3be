/// The few pairs of heads that a comparison is made for: one head against each of its rivals.
///
/// They are named before any result is known and corrected for testing several at once among themselves, so that heads which
/// are there for completeness cost them no power. All other pairs are exploratory.
public struct PrimaryComparisons: Codable, Sendable, Equatable {
    /// The head in question.
    public var head: HeadChoice
    /// What it is held against; rivals that a comparison does not run are passed over.
    public var against: [HeadChoice]

    /// One head against each of some others.
    public init(_ head: HeadChoice, against: [HeadChoice]) {
        self.head = head
        self.against = against
    }

    /// Whether `a` against `b`, in either order, is one of the pairs.
    func contains(_ a: HeadChoice?, _ b: HeadChoice?) -> Bool {
        guard let a, let b else { return false }
        return a == head && against.contains(b) || b == head && against.contains(a)
    }

    /// - Throws: `ExperimentError.noHeads`, `.repeatedHead`, `.ownRival`.
    func validate() throws(ExperimentError) {
        guard !against.isEmpty else { throw .noHeads }
        if let rival = HeadChoice.firstRepeated(against) { throw .repeatedHead(name: rival.name) }
        if against.contains(head) { throw .ownRival(name: head.name) }
    }
}
