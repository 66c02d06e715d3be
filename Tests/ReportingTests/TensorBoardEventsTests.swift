import Foundation
import Reporting
import Testing
import Training

struct TensorBoardEventsTests {
    @Test func checksum() {
        // The check value of CRC-32C in the catalogue of parametrised CRC algorithms.
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        // RFC 3720, appendix B.4: 32 bytes of zeros, 32 of ones.
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    }

    /// The same two events as written by `RecordWriter` of the PyPI package tensorboard 2.21, with its own `event_pb2`.
    @Test func bytes() {
        let record = EpochRecord(
            epoch: 300, trainLoss: 0.5, validationLoss: 0.625, validationMacro: 0.75,
            validation: ["even": 0.875],
            learningRate: 0.01)
        let expected = [
            "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c8000000000000000",
            "2a5b60ec09000000000000f83f10ac022a720a110a0a6c6f73732f747261696e150000003f0a160a0f6c6f73732f7661",
            "6c69646174696f6e150000203f0a170a106d6163726f2f76616c69646174696f6e150000403f0a140a0d6c6561726e69",
            "6e675f72617465150ad7233c0a160a0f76616c69646174696f6e2f6576656e150000603f11d5535b",
        ].joined()
        let data = TensorBoardEvents([record], wallTime: 1.5).data
        #expect(data.map { String(format: "%02x", $0) }.joined() == expected)
    }

    @Test func fileNameIsFoundByTensorBoard() {
        #expect(
            TensorBoardEvents.fileName(wallTime: 1_700_000_000.7) == "events.out.tfevents.1700000000.qmtl")
    }
}
