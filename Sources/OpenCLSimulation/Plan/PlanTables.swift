import Circuits
import Execution

/// A plan as the kernels read it: one array of ints, uploaded once.
///
/// Mirrors the structures of the kernels' prelude; offsets are in ints from the start of the array.
struct PlanTables {
    /// The sections, in the order of the prelude's `plan_layout`.
    enum Section: Int, CaseIterable {
        case units, headTiles, tileHeads, heads
        case readings, readouts, matrixBlocks, observables, readers
        case features, featureRows, parameters, parameterReferences, sources
    }

    /// The ints.
    var words: [Int32]

    /// The encoding cones, which are units `firstCone...`.
    var firstCone = 0
    var coneCount = 0
    /// Work-groups of the task blocks' columns, and of their matrices.
    var headTileCount = 0
    var matrixTileCount = 0
    var readingCount = 0
    var matrixBlockCount = 0
    var observableTileCount = 0

    /// Angles that do not depend on the sample, padded to whole tiles; rows of features follow.
    var fixedAngleCount = 0
    /// Constant angles, behind the trainable ones and a zero.
    var constants: [Double] = [0]

    /// The numbers of channels and, under noise, observables.
    var numbers: [Double] = []

    /// Numbers of the task blocks' columns, which cones' states follow, and rows of these.
    var headStates = 0
    var coneStateRows = 0
    /// Rows of reduced states.
    var reducedRows = 0
    /// Numbers of the head matrices.
    var matrices = 0
    /// Numbers of the gradients of task blocks, which cones' gradients follow, and rows of these.
    var headGradients = 0
    var coneGradientRows = 0

    /// Lanes of a tile.
    private(set) var tile: Int
    private(set) var parameterCount: Int

    /// The tables of `plan` for tiles of `tile` lanes.
    init(_ plan: ExecutionPlan, tile: Int) {
        self.tile = tile
        parameterCount = plan.plainCircuit.parameterCount
        words = [Int32](repeating: 0, count: Section.allCases.count)
        var builder = PlanTablesBuilder(plan, self)
        builder.addHeads()
        builder.addCones()
        builder.addReadings()
        self = builder.finished()
    }

    /// `count` rounded up to whole tiles.
    func padded(_ count: Int) -> Int { (count + tile - 1) / tile * tile }

    /// Appends a table; gives its offset.
    mutating func append(_ table: [Int]) -> Int {
        let offset = words.count
        words.append(contentsOf: table.map { Int32($0) })
        return offset
    }

    /// Appends a section, which the layout at the start of the array points to.
    mutating func append(_ section: Section, _ table: [Int]) {
        words[section.rawValue] = Int32(append(table))
    }
}
