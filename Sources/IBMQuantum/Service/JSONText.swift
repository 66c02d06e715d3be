import Foundation

/// JSON that is kept as it came.
enum JSONText {
    /// A text that ends too early.
    struct CutOff: Error {}

    /// Whether `data` is one object or list with every bracket closed: a text that was cut off is not.
    ///
    /// Results have millions of texts; a reader that builds them all takes twenty times their memory.
    static func isComplete(_ data: Data) -> Bool {
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            var depth = 0
            var isText = false
            var isEscaped = false
            var hasEnded = false
            for byte in bytes {
                if isText {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isText = false
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
                case _ where hasEnded: return false
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    hasEnded = depth == 0
                case _ where depth == 0: return false
                case UInt8(ascii: "\""): isText = true
                case _: break
                }
            }
            return hasEnded
        }
    }
}
