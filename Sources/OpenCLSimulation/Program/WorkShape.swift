/// The precision that states are computed in.
public enum OpenCLPrecision: String, Sendable, CaseIterable {
    /// 32-bit floats.
    case single
    /// 64-bit floats, for checks; not every device has them.
    case double

    /// The size of a number.
    var byteCount: Int {
        switch self {
        case .single: 4
        case .double: 8
        }
    }
}

/// Who decides how states are spread over work-items.
package enum OpenCLWorkShape: Hashable, Sendable {
    /// What suits the device.
    case automatic
    /// As on GPUs: work-groups that hold `lanes` states, `threads` items sharing out the amplitudes of each.
    case cooperative(lanes: Int, threads: Int)
    /// The same with all states in global memory, as if they were large.
    case cooperativeInGlobalMemory(lanes: Int, threads: Int)
}

/// How lanes are spread over work-items and work-groups; the defines that the kernels are built with.
struct WorkShape: Hashable {
    /// Lanes of a work-item, in a vector.
    private(set) var vector = 1
    /// Work-items of a group that hold different lanes.
    private(set) var lanes = 1
    /// Work-items of a group that share out the amplitudes of a lane.
    private(set) var threads = 1
    /// Whether states are too large for local memory.
    private(set) var statesInGlobalMemory = false

    /// Lanes of a work-group.
    var tile: Int { lanes * vector }
    /// Work-items of a work-group.
    var group: Int { lanes * threads }

    /// A shape for sweeps that take at most `workspace` of local memory.
    init(
        _ choice: OpenCLWorkShape, _ device: OpenCLDevice, _ precision: OpenCLPrecision,
        _ workspace: Workspace
    ) {
        switch (choice, device.kind) {
        case (.cooperative(let lanes, let threads), _),
            (.cooperativeInGlobalMemory(let lanes, let threads), _):
            (self.lanes, self.threads) = (lanes, threads)
        case (.automatic, .cpu):
            // A full vector register, and no work-item to wait for.
            let width = precision == .single ? device.floatWidth : device.doubleWidth
            vector = [16, 8, 4, 2].first { $0 <= width } ?? 1
        case (.automatic, .gpu), (.automatic, .other):
            // As many samples as half of local memory holds, so that two groups can be at work in one multiprocessor, and
            // enough items a sample for four warps.
            let size = min(128, device.largestGroup)
            lanes = min(32, size)
            threads = max(size / lanes, 1)
            while lanes > 1, bytes(workspace, precision) > device.localMemory / 2 {
                lanes /= 2
                threads = size / lanes
            }
        }
        statesInGlobalMemory = bytes(workspace, precision) > device.localMemory
        if case .cooperativeInGlobalMemory = choice { statesInGlobalMemory = true }
    }

    /// Local memory that a group needs.
    func bytes(_ workspace: Workspace, _ precision: OpenCLPrecision) -> Int {
        let held = statesInGlobalMemory ? 0 : workspace.states
        return tile * (workspace.sums + workspace.sumsPerThread * threads + held) * precision.byteCount
    }

    /// What the compiler is told.
    func options(_ precision: OpenCLPrecision) -> String {
        var options = "-cl-std=CL1.2 -DVECTOR=\(vector) -DLANES=\(lanes) -DTHREADS=\(threads)"
        options += " -DREADING_TASKS=\(Blocking.readingTasks) -DBLOCK_TASKS=\(Blocking.tasks)"
        options += " -DBLOCK_ENTRIES=\(Blocking.entries)"
        switch precision {
        case .single: break
        case .double: options += " -DDOUBLE"
        }
        return statesInGlobalMemory ? options + " -DSTATES_IN_GLOBAL_MEMORY" : options
    }
}

/// What a work-item of the products between heads and reduced states holds in registers.
enum Blocking {
    /// Tasks whose expectation values an item computes.
    static let readingTasks = 8
    /// Tasks, and entries of their matrices, whose gradients an item computes.
    static let tasks = 4
    static let entries = 4
    /// Entries that a work-group takes.
    static let groupEntries = 64
}
