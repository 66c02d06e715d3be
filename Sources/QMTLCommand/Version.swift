/// The program's version, as results record it.
enum Version {
    static let current = "0.1.0"
}
