import CVectorKernels
import LinearAlgebra

/// The precision the inner loops run in: `Float`, or `Double` for checks.
protocol SimulationReal: TransferReal {
    static func forward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>)
    static func adjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>)
    static func blocks(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>)
    static func blocksAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, gradients: UnsafeMutablePointer<Self>)
    static func adjointDuals(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, dualSize: Int, count: Int,
        gradients: UnsafeMutablePointer<Self>, gradientSize: Int)
    static func applyString(
        _ set: Int32, _ string: UnsafePointer<qmtl_observable>, qubits: Int, lanes: Int,
        states: UnsafePointer<Self>, duals: UnsafeMutablePointer<Self>)
    static func laneQubits(_ set: Int32) -> Int
    static func wideForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>)
    static func wideAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>,
        projections: UnsafeMutablePointer<Self>)
    static func wideGradients(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, projections: UnsafePointer<Self>,
        gradients: UnsafeMutablePointer<Self>)
    static func reduce(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, firstLane: Int,
        lanes: Int, reduced: UnsafeMutablePointer<Self>, stride: Int)
    static func apply(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, matrices: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafePointer<Self>, add: Bool,
        duals: UnsafeMutablePointer<Self>)
    static func conjugate(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafeMutablePointer<Self>, stride: Int)
    static func conjugateDual(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafePointer<Self>, stride: Int, add: Bool,
        duals: UnsafeMutablePointer<Self>)
    static func read(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, values: UnsafeMutablePointer<Self>)
    static func readDual(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, cotangent: UnsafePointer<Self>,
        matrixGradient: UnsafeMutablePointer<Self>, weights: UnsafeMutablePointer<Self>)
    static func sums(
        _ set: Int32, _ values: UnsafePointer<Self>, stride: Int, rows: Int, samples: Int,
        into sums: UnsafeMutablePointer<Self>)
}

extension Float: SimulationReal {
    static func forward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>
    ) { qmtl_forward_float(set, program, angles, stride, firstLane, lanes, scratch, states) }

    static func adjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_adjoint_float(
            set, program, angles, stride, firstLane, lanes, scratch, states, duals, gradients)
    }

    static func blocks(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>
    ) {
        qmtl_blocks_float(
            set, program, angles, stride, tasks.lowerBound, tasks.count, columns.lowerBound,
            columns.upperBound, states)
    }

    static func blocksAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_blocks_adjoint_float(
            set, program, angles, stride, tasks.lowerBound, tasks.count, columns.lowerBound,
            columns.upperBound, states, duals, gradients)
    }

    static func adjointDuals(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, dualSize: Int, count: Int,
        gradients: UnsafeMutablePointer<Self>, gradientSize: Int
    ) {
        qmtl_adjoint_duals_float(
            set, program, angles, stride, 0, lanes, scratch, states, duals, dualSize, Int32(count), gradients,
            gradientSize)
    }

    static func applyString(
        _ set: Int32, _ string: UnsafePointer<qmtl_observable>, qubits: Int, lanes: Int,
        states: UnsafePointer<Self>, duals: UnsafeMutablePointer<Self>
    ) { qmtl_apply_string_float(set, string, Int32(qubits), lanes, states, duals) }

    static func laneQubits(_ set: Int32) -> Int { Int(qmtl_lane_qubits_float(set)) }

    static func wideForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>
    ) {
        qmtl_wide_forward_float(
            set, program, Int32(step), angles, stride, range.lowerBound, range.upperBound, states)
    }

    static func wideAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>,
        projections: UnsafeMutablePointer<Self>
    ) {
        qmtl_wide_adjoint_float(
            set, program, Int32(step), angles, stride, range.lowerBound, range.upperBound, states, duals,
            projections)
    }

    static func wideGradients(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, projections: UnsafePointer<Self>,
        gradients: UnsafeMutablePointer<Self>
    ) { qmtl_wide_gradients_float(set, program, Int32(step), angles, stride, projections, gradients) }

    static func reduce(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, firstLane: Int,
        lanes: Int, reduced: UnsafeMutablePointer<Self>, stride: Int
    ) { qmtl_reduce_float(set, register, states, firstLane, lanes, reduced, stride) }

    static func apply(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, matrices: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafePointer<Self>, add: Bool,
        duals: UnsafeMutablePointer<Self>
    ) { qmtl_apply_float(set, register, matrices, stride, firstLane, lanes, states, add ? 1 : 0, duals) }

    static func conjugate(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafeMutablePointer<Self>, stride: Int
    ) {
        qmtl_conjugate_float(
            set, observable, Int32(qubits), states, tasks.lowerBound, tasks.count, rows.lowerBound,
            rows.upperBound, matrices, stride)
    }

    static func conjugateDual(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafePointer<Self>, stride: Int, add: Bool,
        duals: UnsafeMutablePointer<Self>
    ) {
        qmtl_conjugate_dual_float(
            set, observable, Int32(qubits), states, tasks.lowerBound, tasks.count, rows.lowerBound,
            rows.upperBound, matrices, stride, add ? 1 : 0, duals)
    }

    static func read(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, values: UnsafeMutablePointer<Self>
    ) { qmtl_read_float(set, matrix, matrixStride, Int32(entries), reduced, stride, samples, values) }

    static func readDual(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, cotangent: UnsafePointer<Self>,
        matrixGradient: UnsafeMutablePointer<Self>, weights: UnsafeMutablePointer<Self>
    ) {
        qmtl_read_dual_float(
            set, matrix, matrixStride, Int32(entries), reduced, stride, samples, cotangent, matrixGradient,
            weights)
    }

    static func sums(
        _ set: Int32, _ values: UnsafePointer<Self>, stride: Int, rows: Int, samples: Int,
        into sums: UnsafeMutablePointer<Self>
    ) { qmtl_sums_float(set, values, stride, rows, samples, sums) }
}

extension Double: SimulationReal {
    static func forward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>
    ) { qmtl_forward_double(set, program, angles, stride, firstLane, lanes, scratch, states) }

    static func adjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        states: UnsafeMutablePointer<Self>, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_adjoint_double(
            set, program, angles, stride, firstLane, lanes, scratch, states, duals, gradients)
    }

    static func blocks(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>
    ) {
        qmtl_blocks_double(
            set, program, angles, stride, tasks.lowerBound, tasks.count, columns.lowerBound,
            columns.upperBound, states)
    }

    static func blocksAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        tasks: Range<Int>, columns: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_blocks_adjoint_double(
            set, program, angles, stride, tasks.lowerBound, tasks.count, columns.lowerBound,
            columns.upperBound, states, duals, gradients)
    }

    static func adjointDuals(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, angles: UnsafePointer<Self>, stride: Int,
        lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>, dualSize: Int, count: Int,
        gradients: UnsafeMutablePointer<Self>, gradientSize: Int
    ) {
        qmtl_adjoint_duals_double(
            set, program, angles, stride, 0, lanes, scratch, states, duals, dualSize, Int32(count), gradients,
            gradientSize)
    }

    static func applyString(
        _ set: Int32, _ string: UnsafePointer<qmtl_observable>, qubits: Int, lanes: Int,
        states: UnsafePointer<Self>, duals: UnsafeMutablePointer<Self>
    ) { qmtl_apply_string_double(set, string, Int32(qubits), lanes, states, duals) }

    static func laneQubits(_ set: Int32) -> Int { Int(qmtl_lane_qubits_double(set)) }

    static func wideForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>
    ) {
        qmtl_wide_forward_double(
            set, program, Int32(step), angles, stride, range.lowerBound, range.upperBound, states)
    }

    static func wideAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, range: Range<Int>, states: UnsafeMutablePointer<Self>,
        duals: UnsafeMutablePointer<Self>,
        projections: UnsafeMutablePointer<Self>
    ) {
        qmtl_wide_adjoint_double(
            set, program, Int32(step), angles, stride, range.lowerBound, range.upperBound, states, duals,
            projections)
    }

    static func wideGradients(
        _ set: Int32, _ program: UnsafePointer<qmtl_program>, step: Int,
        angles: UnsafePointer<Self>, stride: Int, projections: UnsafePointer<Self>,
        gradients: UnsafeMutablePointer<Self>
    ) { qmtl_wide_gradients_double(set, program, Int32(step), angles, stride, projections, gradients) }

    static func reduce(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, firstLane: Int,
        lanes: Int, reduced: UnsafeMutablePointer<Self>, stride: Int
    ) { qmtl_reduce_double(set, register, states, firstLane, lanes, reduced, stride) }

    static func apply(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, matrices: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafePointer<Self>, add: Bool,
        duals: UnsafeMutablePointer<Self>
    ) { qmtl_apply_double(set, register, matrices, stride, firstLane, lanes, states, add ? 1 : 0, duals) }

    static func conjugate(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafeMutablePointer<Self>, stride: Int
    ) {
        qmtl_conjugate_double(
            set, observable, Int32(qubits), states, tasks.lowerBound, tasks.count, rows.lowerBound,
            rows.upperBound, matrices, stride)
    }

    static func conjugateDual(
        _ set: Int32, _ observable: UnsafePointer<qmtl_observable>, qubits: Int, states: UnsafePointer<Self>,
        tasks: Range<Int>, rows: Range<Int>, matrices: UnsafePointer<Self>, stride: Int, add: Bool,
        duals: UnsafeMutablePointer<Self>
    ) {
        qmtl_conjugate_dual_double(
            set, observable, Int32(qubits), states, tasks.lowerBound, tasks.count, rows.lowerBound,
            rows.upperBound, matrices, stride, add ? 1 : 0, duals)
    }

    static func read(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, values: UnsafeMutablePointer<Self>
    ) { qmtl_read_double(set, matrix, matrixStride, Int32(entries), reduced, stride, samples, values) }

    static func readDual(
        _ set: Int32, matrix: UnsafePointer<Self>, matrixStride: Int, entries: Int,
        reduced: UnsafePointer<Self>, stride: Int, samples: Int, cotangent: UnsafePointer<Self>,
        matrixGradient: UnsafeMutablePointer<Self>, weights: UnsafeMutablePointer<Self>
    ) {
        qmtl_read_dual_double(
            set, matrix, matrixStride, Int32(entries), reduced, stride, samples, cotangent, matrixGradient,
            weights)
    }

    static func sums(
        _ set: Int32, _ values: UnsafePointer<Self>, stride: Int, rows: Int, samples: Int,
        into sums: UnsafeMutablePointer<Self>
    ) { qmtl_sums_double(set, values, stride, rows, samples, sums) }
}
