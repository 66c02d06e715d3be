/// The rows of angles that a program reads: the feature slots, then the parameter slots, then the constants.
struct AngleRows {
    let featureSlotCount: Int
    let parameterSlotCount: Int
    let constants: [Double]

    /// The number of rows.
    var slotCount: Int { featureSlotCount + parameterSlotCount + constants.count }

    /// Fills the rows of constant angles for a range of lanes.
    func fillConstants<Real: SimulationReal>(
        _ angles: UnsafeMutablePointer<Real>, stride: Int, lanes: Range<Int>
    ) {
        for (index, constant) in constants.enumerated() {
            let row = featureSlotCount + parameterSlotCount + index
            (angles + row * stride + lanes.lowerBound).fill(Real(constant), count: lanes.count)
        }
    }
}
