import Foundation
import Training

/// The TensorBoard event file of a run: losses, scores and learning rate by epoch.
///
/// A file is a sequence of TFRecords (length, its masked CRC32C, data, its masked CRC32C), each holding an `Event` message
/// of tensorflow/core/util/event.proto.
public struct TensorBoardEvents: Sendable {
    /// The file's bytes so far.
    public private(set) var data = Data()

    /// A file begun at `wallTime`, in seconds since 1970.
    public init(wallTime: Double) {
        append(wallTime: wallTime) { $0.string("brain.Event:2", field: 3) }
    }

    /// The file of a whole run, every epoch of `history` recorded at `wallTime`.
    public init(_ history: [EpochRecord], wallTime: Double) {
        self.init(wallTime: wallTime)
        for record in history { append(record, wallTime: wallTime) }
    }

    /// What the name of every event file begins with.
    static let prefix = "events.out.tfevents."

    /// The name of a file begun at `wallTime`; TensorBoard finds it by its first two parts.
    public static func fileName(wallTime: Double) -> String {
        "\(prefix)\(String(format: "%010d", Int(wallTime))).qmtl"
    }

    /// The bytes by which an epoch makes a file grow.
    static func data(_ record: EpochRecord, wallTime: Double) -> Data {
        var events = TensorBoardEvents(data: Data())
        events.append(record, wallTime: wallTime)
        return events.data
    }

    private init(data: Data) {
        self.data = data
    }

    /// Appends the figures of an epoch, its number as the step.
    public mutating func append(_ record: EpochRecord, wallTime: Double) {
        var scalars = [
            ("loss/train", record.trainLoss), ("loss/validation", record.validationLoss),
            ("macro/validation", record.validationMacro), ("learning_rate", record.learningRate),
        ]
        scalars += record.validation.sorted { $0.key < $1.key }.map { ("validation/\($0.key)", $0.value) }
        append(wallTime: wallTime) { event in
            event.integer(UInt64(record.epoch), field: 2)
            event.message(field: 5) { summary in
                for (tag, value) in scalars {
                    summary.message(field: 1) { scalar in
                        scalar.string(tag, field: 1)
                        scalar.float(Float(value), field: 2)
                    }
                }
            }
        }
    }

    private mutating func append(wallTime: Double, _ write: (inout ProtobufWriter) -> Void) {
        var event = ProtobufWriter()
        event.double(wallTime, field: 1)
        write(&event)
        let length = littleEndian(UInt64(event.bytes.count))
        data.append(contentsOf: length)
        data.append(contentsOf: littleEndian(CRC32C.masked(length)))
        data.append(contentsOf: event.bytes)
        data.append(contentsOf: littleEndian(CRC32C.masked(event.bytes)))
    }
}
