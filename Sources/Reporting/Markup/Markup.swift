/// A piece of HTML or SVG.
///
/// Text and attributes are escaped when it is written, so nothing in a name can become markup.
indirect enum Markup: Sendable {
    case element(String, KeyValuePairs<String, String>, [Markup])
    case text(String)
    /// The program's own style sheet, which must not be escaped; never anything a user can name.
    case styleSheet(String)

    /// An element with its attributes, in order, and what it holds.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []) {
        self = .element(name, attributes, children)
    }

    /// An element that holds text.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self = .element(name, attributes, [.text(text)])
    }

    /// The markup as text.
    var rendered: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .text(let text): Self.escape(text, to: &output)
        case .styleSheet(let css): output += "<style>\n\(css)\n</style>"
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for (key, value) in attributes {
                output += " \(key)=\""
                Self.escape(value, to: &output)
                output += "\""
            }
            if children.isEmpty, Self.childless.contains(name) {
                output += "/>"
                return
            }
            output += ">"
            for child in children { child.write(to: &output) }
            output += "</\(name)>"
        }
    }

    /// All elements called `name` in it, itself included, in order; those within such an element left out.
    func elements(named name: String) -> [Markup] {
        guard case .element(let own, _, let children) = self else { return [] }
        return own == name ? [self] : children.flatMap { $0.elements(named: name) }
    }

    /// The text in it, without markup.
    var text: String {
        switch self {
        case .text(let text): text
        case .styleSheet: ""
        case .element(_, _, let children): children.map(\.text).joined()
        }
    }

    /// Elements that HTML or SVG leaves empty; any other is closed by its own tag even without content.
    private static let childless: Set = ["meta", "circle", "line", "path", "polygon", "polyline", "rect"]

    private static func escape(_ text: String, to output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "\t", "\n", "\r": output.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                output += "\u{FFFD}"  // control characters are not allowed in either language
            case _: output.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Markup: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) { self = .text(text) }
}
