import Execution

/// A program within the tables of a plan, noisy or not, as units run it.
protocol UnitProgram {
    /// The offset of the program's entry.
    var offset: Int { get }
    /// The angle that each row of gradients belongs to; an angle may have several.
    var rows: [Program.SlotAngle] { get }
    /// Constant angles, by constant slot; slots are features, then trainable angles, then constants.
    var constants: [Double] { get }
    /// Rows of a cone's states that are kept for the way back.
    var stateRows: Int { get }

    /// The table behind a `register_entry`, which says where the register lies in a state.
    func scatter(_ register: [Int]) -> [Int]
}
