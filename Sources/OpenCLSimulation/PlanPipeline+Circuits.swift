/// The launches that run cones and task blocks, forward and back.
///
/// Without noise a launch simulates cones and the columns of blocks, and another makes head matrices of columns; under noise
/// one launch takes the cones and another the blocks.
extension PlanPipeline {
    /// From angles to reduced states and head matrices.
    func runCircuits(_ memory: PlanMemory, _ row: Int, _ queue: inout DeviceQueue) throws(OpenCLError) {
        guard plan.noise == nil else {
            try runNoisy(
                kernels.transferCones, 0..<coneTiles(row), row, memory, [.buffer(memory.reduced.handle)],
                &queue)
            try runNoisy(
                kernels.transferHeads, coneTiles(row)..<tileCount(row), row, memory,
                [.buffer(memory.matrices.handle)], &queue)
            return
        }
        try queue.run(
            kernels.simulate, groups: tileCount(row), groupSize: shape.group,
            tiles(memory, row) + angles(memory) + [
                .buffer(memory.states.handle), .buffer(memory.reduced.handle), .number(size.qubits),
                local(.forward(plan)),
            ])
        try queue.run(
            kernels.headMatrices, groups: tables.matrixTileCount, groupSize: shape.group,
            [
                .buffer(memory.tables.handle), .buffer(memory.states.handle), .buffer(memory.matrices.handle),
            ])
    }

    /// From effective observables and the gradients of head matrices to those of angles.
    func runCircuitsBack(_ memory: PlanMemory, _ row: Int, _ queue: inout DeviceQueue) throws(OpenCLError) {
        guard plan.noise == nil else {
            try runNoisy(
                kernels.transferConesBack, 0..<coneTiles(row), row, memory,
                [.buffer(memory.weights.handle), .buffer(memory.gradients.handle)], &queue)
            try runNoisy(
                kernels.transferHeadsBack, coneTiles(row)..<tileCount(row), row, memory,
                [.buffer(memory.matrixGradients.handle), .buffer(memory.gradients.handle)], &queue)
            return
        }
        try queue.run(
            kernels.headDuals, groups: tables.matrixTileCount, groupSize: shape.group,
            [
                .buffer(memory.tables.handle), .buffer(memory.states.handle),
                .buffer(memory.matrixGradients.handle), .buffer(memory.duals.handle),
            ])
        try queue.run(
            kernels.adjoint, groups: tileCount(row), groupSize: shape.group,
            tiles(memory, row) + angles(memory) + [
                .buffer(memory.states.handle), .buffer(memory.duals.handle), .buffer(memory.weights.handle),
                .buffer(memory.gradients.handle), .number(size.qubits), local(.back(plan)),
            ])
    }

    /// What tells a work-group its tile.
    private func tiles(_ memory: PlanMemory, _ row: Int) -> [KernelArgument] {
        [
            .buffer(memory.tables.handle), .number(tables.firstCone), .number(tables.coneCount), .number(row),
        ]
    }

    private func angles(_ memory: PlanMemory) -> [KernelArgument] {
        [.buffer(memory.cosines.handle), .buffer(memory.sines.handle)]
    }

    /// Starts a kernel whose work-groups take tiles in turns, each with memory of its own.
    private func runNoisy(
        _ kernel: borrowing DeviceKernel, _ range: Range<Int>, _ row: Int, _ memory: PlanMemory,
        _ arguments: [KernelArgument], _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        try queue.run(
            kernel, groups: turnTakers(range.count), groupSize: shape.group,
            tiles(memory, row) + [.number(range.lowerBound), .number(range.count)] + angles(memory) + [
                .buffer(memory.numbers.handle), .buffer(memory.scratch.handle),
                .number(size.groups.numbersPerLane), local(.forward(plan)),
            ] + arguments)
    }
}
