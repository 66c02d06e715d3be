import CZlib
import Foundation

/// The zlib format, as tensors travel and the ledger keeps what is large.
enum Zlib {
    /// `data`, smaller.
    static func compress(_ data: Data) -> Data {
        var output = Data(count: Int(compressBound(uLong(data.count))))
        var count = uLongf(output.count)
        let status = output.withUnsafeMutableBytes { output in
            data.withUnsafeBytes { input in
                compress2(
                    output.bindMemory(to: Bytef.self).baseAddress, &count,
                    input.bindMemory(to: Bytef.self).baseAddress, uLong(input.count), Z_DEFAULT_COMPRESSION)
            }
        }
        precondition(status == Z_OK, "the bound is enough")
        return output.prefix(Int(count))
    }

    /// The `count` bytes that `data` stands for; nil where it stands for anything else.
    static func decompress(_ data: Data, count: Int) -> Data? {
        // zlib wants a place to write to even for nothing.
        var output = Data(count: count + 1)
        var written = uLongf(output.count)
        let status = output.withUnsafeMutableBytes { output in
            data.withUnsafeBytes { input in
                uncompress(
                    output.bindMemory(to: Bytef.self).baseAddress, &written,
                    input.bindMemory(to: Bytef.self).baseAddress, uLong(input.count))
            }
        }
        guard status == Z_OK, written == count else { return nil }
        return output.prefix(count)
    }
}
