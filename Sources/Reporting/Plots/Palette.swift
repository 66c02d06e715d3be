/// How the series of a plot are told apart: by colour, by marker and by dash, so that no reader depends on colour alone.
///
/// The colours are those of Okabe and Ito (2008), which differ under every common colour blindness; the style sheet holds
/// a lighter set for dark pages.
enum Palette {
    /// The number of colours, and of markers.
    ///
    /// Series beyond have the same colours with other markers and dashes; the styles repeat after 36.
    static let count = 6

    /// The style sheet's name of series `index`'s colour.
    static func colour(_ index: Int) -> String { "var(--s\(index % count))" }

    /// The form of series `index`'s markers and dashes.
    private static func form(_ index: Int) -> Int { (index + index / count) % count }

    /// The dash pattern of series `index`'s line.
    static func dash(_ index: Int) -> String {
        ["none", "6 3", "2 2.5", "8 3 2 3", "12 3", "4 2 1 2"][form(index)]
    }

    /// The marker of series `index` centred at a point; `radius` in pixels.
    static func marker(_ index: Int, x: Double, y: Double, radius: Double = 4, title: String? = nil) -> Markup
    {
        let colour = colour(index)
        let tooltip = title.map { [Markup("title", text: $0)] } ?? []
        func polygon(_ corners: [(Double, Double)]) -> Markup {
            let points = corners.map { "\(pixels(x + $0.0 * radius)),\(pixels(y + $0.1 * radius))" }
            return Markup(
                "polygon", ["points": points.joined(separator: " "), "style": "fill:\(colour)"], tooltip)
        }
        switch form(index) {
        case 0:
            return Markup(
                "circle", ["cx": pixels(x), "cy": pixels(y), "r": pixels(radius), "style": "fill:\(colour)"],
                tooltip)
        case 1: return polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case 2: return polygon([(0, -1.15), (1.1, 0.8), (-1.1, 0.8)])
        case 3: return polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
        case 4: return polygon([(0, 1.15), (1.1, -0.8), (-1.1, -0.8)])
        case _:
            return polygon([
                (-0.35, -1.1), (0.35, -1.1), (0.35, -0.35), (1.1, -0.35), (1.1, 0.35), (0.35, 0.35),
                (0.35, 1.1),
                (-0.35, 1.1), (-0.35, 0.35), (-1.1, 0.35), (-1.1, -0.35), (-0.35, -0.35),
            ])
        }
    }
}

/// A length as SVG wants it: at most two decimals.
func pixels(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
