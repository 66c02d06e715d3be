import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Checks markup with Foundation's XML parser.
enum XMLTree {
    /// Whether `text` is one well-formed XML element.
    static func isWellFormed(_ text: String) -> Bool {
        let parser = XMLParser(data: Data(text.utf8))
        let errors = ErrorCounter()
        parser.delegate = errors
        // On Linux the returned value is true for unclosed elements; the delegate hears of them.
        return parser.parse() && errors.count == 0 && parser.parserError == nil
    }

    private final class ErrorCounter: NSObject, XMLParserDelegate {
        var count = 0

        func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) { count += 1 }
    }
}

/// Whether `page` is a report page whose markup is well-formed.
func isWellFormed(_ page: String) -> Bool {
    let prefix = "<!DOCTYPE html>\n"
    return page.hasPrefix(prefix) && XMLTree.isWellFormed(String(page.dropFirst(prefix.count)))
}
