/// The description of an array in a `.npy` file: a Python dictionary of three known keys.
struct NPYHeader: Equatable {
    /// The element type as NumPy spells it, as `<f4`.
    let descriptor: String
    /// Whether the first axis is the fastest.
    let isFortranOrder: Bool
    /// The extent of each axis.
    let shape: [Int]

    /// Whether elements are stored most significant byte first.
    var isBigEndian: Bool { descriptor.hasPrefix(">") }

    /// The element type, where it is read.
    var elementType: ElementType? {
        switch descriptor {
        case "|b1", "?", "<b1", "=b1": .boolean
        case "|i1", "<i1", "=i1": .int8
        case "|u1", "<u1", "=u1": .uint8
        case "<i2", "=i2": .int16
        case "<i4", "=i4": .int32
        case "<i8", "=i8": .int64
        case "<u2", "=u2": .uint16
        case "<u4", "=u4": .uint32
        case "<u8", "=u8": .uint64
        case "<f2", "=f2": .float16
        case "<f4", "=f4": .float32
        case "<f8", "=f8": .float64
        default: nil
        }
    }

    /// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, in any order of keys.
    init?(_ text: String) {
        guard
            let descriptor = text.firstMatch(of: /'descr'\s*:\s*(?:'([^']*)'|(\[.*?\]\s*[,}]))/),
            let order = text.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/),
            let shape = text.firstMatch(of: /'shape'\s*:\s*\(([^)]*)\)/)
        else { return nil }
        var extents: [Int] = []
        for part in shape.1.split(separator: ",") {
            let digits = part.filter { !$0.isWhitespace }
            guard !digits.isEmpty else { continue }
            guard let extent = Int(digits), extent >= 0 else { return nil }
            extents.append(extent)
        }
        // A list describes records of several fields.
        self.descriptor = descriptor.1.map(String.init) ?? "record"
        isFortranOrder = order.1 == "True"
        self.shape = extents
    }
}
