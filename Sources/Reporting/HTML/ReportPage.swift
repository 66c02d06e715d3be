/// A report page.
public struct ReportPage: Sendable {
    private let document: Markup

    /// The page of a document.
    init(_ document: Markup) {
        self.document = document
    }

    /// The page as HTML, complete in itself.
    public var html: String { "<!DOCTYPE html>\n" + document.rendered + "\n" }

    /// The pictures of the page, in order; no two have the same name.
    public var plots: [PlotFile] {
        var names: [String: Int] = [:]
        return document.elements(named: "svg").map { picture in
            let title = picture.elements(named: "title").first?.text ?? ""
            let name = PlotFile.name(title)
            names[name, default: 0] += 1
            let number = names[name] ?? 1
            return PlotFile(name: number == 1 ? name : "\(name)-\(number)", svg: PlotFile.alone(picture))
        }
    }
}

/// A picture of a report page as an SVG file of its own.
///
/// It has the colours of white paper and a size of its own, and needs neither style variables nor scripts, so that any
/// program that reads SVG shows it alike.
public struct PlotFile: Sendable, Equatable {
    /// A name for a file, without its extension: letters, digits and hyphens.
    public let name: String
    /// The picture.
    public let svg: String
}

extension PlotFile {
    /// A title as the name of a file: `Loss by epoch` is `loss-by-epoch`.
    fileprivate static func name(_ title: String) -> String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "picture" : words.joined(separator: "-")
    }

    /// A picture of a page as a file: with its size, a white ground and the style that the page has for it.
    fileprivate static func alone(_ picture: Markup) -> String {
        guard case .element(let name, let attributes, let children) = picture else { return "" }
        let box = (attributes.first { $0.key == "viewBox" }?.value ?? "").split(separator: " ").map(
            String.init)
        guard box.count == 4 else { preconditionFailure("a picture has a view box") }
        let ground = Markup("rect", ["width": box[2], "height": box[3], "class": "blank"])
        let kind = attributes.first { $0.key == "class" }?.value ?? "plot"
        let framed = Markup(
            name,
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": box.joined(separator: " "),
                "width": box[2], "height": box[3], "role": "img", "class": kind,
            ], [.styleSheet(StyleSheet.marks), ground] + children)
        return StyleSheet.onPaper(framed.rendered) + "\n"
    }
}
