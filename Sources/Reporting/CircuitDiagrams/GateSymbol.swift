import Circuits

/// What a gate shows on one wire.
enum GateSymbol {
    /// A box with the gate's name, for a gate without an angle.
    case box(String)
    /// A box with the gate's name and its angle.
    case rotation(String, Angle)
    /// The dot of a controlled gate.
    case control
    /// The crossed circle of a controlled X.
    case target

    /// The symbols of a gate, each with its wire.
    static func symbols(of gate: Gate) -> [(wire: Int, symbol: GateSymbol)] {
        switch gate {
        case .hadamard(let wire): [(wire, .box("H"))]
        case .pauli(let pauli, let wire): [(wire, .box(pauli.rawValue))]
        case .rotation(let axis, let wire, let angle): [(wire, .rotation("R\(axis.rawValue)", angle))]
        case .controlledZ(let first, let second): [(first, .control), (second, .control)]
        case .controlledX(let control, let target): [(control, .control), (target, .target)]
        }
    }

    private static let boxWidth = 34.0
    private static let boxHeight = 32.0

    /// The symbol around a point.
    func marks(x: Double, y: Double) -> [Markup] {
        func circle(_ radius: Double, _ kind: String) -> Markup {
            Markup("circle", ["cx": pixels(x), "cy": pixels(y), "r": pixels(radius), "class": kind])
        }
        switch self {
        case .box(let name):
            return [
                box(x: x, y: y, kind: "fixed"),
                Plot.text(name, x: x, y: y + 4, anchor: "middle", kind: "gate"),
            ]
        case .rotation(let name, let angle):
            let (text, kind) =
                switch angle {
                case .feature(let index): ("x" + subscripted(index), "data")
                case .parameter(let index): ("θ" + subscripted(index), "trained")
                case .constant(let value): (NumberText.fixed(value, 2), "fixed")
                case .product(let product):
                    (
                        product.factorText { NumberText.significant($0) }
                            + product.parameters.map { "θ" + subscripted($0) }.joined()
                            + product.features.map { "x" + subscripted($0) }.joined(),
                        product.features.isEmpty ? "trained" : "data"
                    )
                }
            return [
                box(x: x, y: y, kind: kind), Plot.text(name, x: x, y: y - 2, anchor: "middle", kind: "gate"),
                Plot.text(text, x: x, y: y + 11, anchor: "middle", kind: "angle"),
            ]
        case .control: return [circle(4.5, "dot")]
        case .target:
            return [
                circle(9, "target"), Plot.line(x1: x - 9, y1: y, x2: x + 9, y2: y, kind: "link"),
                Plot.line(x1: x, y1: y - 9, x2: x, y2: y + 9, kind: "link"),
            ]
        }
    }

    private func box(x: Double, y: Double, kind: String) -> Markup {
        Markup(
            "rect",
            [
                "x": pixels(x - Self.boxWidth / 2), "y": pixels(y - Self.boxHeight / 2),
                "width": pixels(Self.boxWidth), "height": pixels(Self.boxHeight), "rx": "3",
                "class": "box \(kind)",
            ])
    }
}
