import Circuits

extension TransferMatrix {
    /// What the channel can make of a product operator, seen from the readout back: rows of the matrix are images.
    public var reach: ChannelReach {
        var reach = ChannelReach.keepsAxes
        for row in 0..<dimension {
            for column in 0..<dimension where self[row, column] != 0 {
                for qubit in 0..<qubitCount {
                    let (from, to) = (row >> (2 * qubit) & 3, column >> (2 * qubit) & 3)
                    if from == 0, to != 0 { return .couples }
                    if to != 0, to != from { reach = .mixesAxes }
                }
            }
        }
        return reach
    }
}
