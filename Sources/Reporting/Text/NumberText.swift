import Foundation

/// Numbers as people read them; the same in every locale.
package enum NumberText {
    /// With exactly `digits` decimals: `0.953`.
    package static func fixed(_ value: Double, _ digits: Int = 3) -> String {
        guard value.isFinite else { return value.isNaN ? "n/a" : (value < 0 ? "-inf" : "inf") }
        let text = String(format: "%.\(digits)f", value)
        // A rounded negative zero has lost its meaning.
        return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
    }

    /// With its sign, whichever it is: `+0.004`, `−0.031`, and `0.000` where nothing is left of it.
    package static func signed(_ value: Double, _ digits: Int = 3) -> String {
        let text = fixed(value, digits)
        return value > 0 && text.contains(where: { ("1"..."9").contains($0) })
            ? "+\(text)" : text.replacing("-", with: "−")
    }

    /// With `digits` significant digits and no trailing zeros: `12.4`, `0.0031`, `1.5e-07`.
    package static func significant(_ value: Double, _ digits: Int = 3) -> String {
        value.isFinite ? String(format: "%.\(digits)g", value) : fixed(value)
    }

    /// A ratio with two significant digits or all of a whole number's: `7.9`, `384`, `1,024`.
    package static func ratio(_ value: Double) -> String {
        abs(value) >= 99.5 && abs(value) < 1e15 ? count(Int(value.rounded())) : significant(value, 2)
    }

    /// A share in hundredths: `37 %`.
    package static func percent(_ share: Double) -> String { "\(fixed(100 * share, 0)) %" }

    /// A share in hundredths with its sign: `+1.2 %`, `−0.4 %`.
    package static func signedPercent(_ share: Double) -> String { "\(signed(100 * share, 1)) %" }

    /// A count with its thousands apart: `1,230`.
    package static func count(_ value: Int) -> String {
        var groups: [String] = []
        var rest = value.magnitude
        while rest >= 1000 {
            groups.append(String(format: "%03d", Int(rest % 1000)))
            rest /= 1000
        }
        groups.append(String(rest))
        return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// A duration in seconds: `0.42 s`, `17.3 s`, `4 min 05 s`, `2 h 10 min`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "n/a" }
        if seconds < 0.0995 { return "\(significant(seconds * 1000, 2)) ms" }
        if seconds < 9.995 { return "\(fixed(seconds, 2)) s" }
        if seconds < 99.95 { return "\(fixed(seconds, 1)) s" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(String(format: "%02d", whole % 60)) s" }
        return "\(whole / 3600) h \(String(format: "%02d", whole % 3600 / 60)) min"
    }

    /// A p-value with its sign of relation: `p = 0.043`, `p < 0.001`.
    package static func pValue(_ p: Double) -> String {
        if p.isNaN { return "p = n/a" }
        return p < 0.001 ? "p < 0.001" : "p = \(fixed(p))"
    }

    /// A mean with its standard deviation: `0.953 ± 0.004`.
    package static func spread(_ mean: Double, _ deviation: Double) -> String {
        "\(fixed(mean)) ± \(fixed(deviation))"
    }

    /// An interval: `0.941 to 0.967`, `−0.012 to +0.003` where it may be negative; nothing for none.
    package static func interval(_ bounds: [Double]?, signed isSigned: Bool = false) -> String {
        guard let bounds else { return "" }
        return bounds.map { isSigned ? signed($0) : fixed($0) }.joined(separator: " to ")
    }

    /// A list in words: `a`, `a and b`, `a, b and c`.
    package static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `1 seed`, `3 seeds`.
    package static func plural(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
