import CVectorKernels
import LinearAlgebra

/// The inner loops of noisy programs in one precision.
protocol TransferReal: MatrixScalar {
    static func transferForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, start: UnsafePointer<Self>?, startStride: Int, firstLane: Int, lanes: Int,
        scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        tape: UnsafeMutablePointer<Self>?)
    static func transferAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        tape: UnsafePointer<Self>?, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>?)
    static func splitForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafeMutablePointer<Self>)
    static func splitAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafePointer<Self>, gradients: UnsafeMutablePointer<Self>)
    static func transferRead(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, stateSize: Int,
        firstLane: Int, lanes: Int, rows: UnsafeMutablePointer<Self>, stride: Int)
    static func transferWrite(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, rows: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafeMutablePointer<Self>, stateSize: Int)
}

extension Float: TransferReal {
    static func transferForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, start: UnsafePointer<Self>?, startStride: Int, firstLane: Int, lanes: Int,
        scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        tape: UnsafeMutablePointer<Self>?
    ) {
        qmtl_transfer_forward_float(
            set, program, angles, stride, start, startStride, firstLane, lanes, scratch, states, tape)
    }

    static func transferAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        tape: UnsafePointer<Self>?, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>?
    ) {
        qmtl_transfer_adjoint_float(
            set, program, angles, stride, firstLane, lanes, scratch, tape, duals, gradients)
    }

    static func splitForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafeMutablePointer<Self>
    ) {
        qmtl_split_forward_float(set, program, angles, stride, 0, lanes, scratch, states, ends)
    }

    static func splitAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafePointer<Self>, gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_split_adjoint_float(set, program, angles, stride, 0, lanes, scratch, states, ends, gradients)
    }

    static func transferRead(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, stateSize: Int,
        firstLane: Int, lanes: Int, rows: UnsafeMutablePointer<Self>, stride: Int
    ) { qmtl_transfer_read_float(set, register, states, stateSize, firstLane, lanes, rows, stride) }

    static func transferWrite(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, rows: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafeMutablePointer<Self>, stateSize: Int
    ) { qmtl_transfer_write_float(set, register, rows, stride, firstLane, lanes, states, stateSize) }
}

extension Double: TransferReal {
    static func transferForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, start: UnsafePointer<Self>?, startStride: Int, firstLane: Int, lanes: Int,
        scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        tape: UnsafeMutablePointer<Self>?
    ) {
        qmtl_transfer_forward_double(
            set, program, angles, stride, start, startStride, firstLane, lanes, scratch, states, tape)
    }

    static func transferAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_transfer_program>, angles: UnsafePointer<Self>,
        stride: Int, firstLane: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>,
        tape: UnsafePointer<Self>?, duals: UnsafeMutablePointer<Self>,
        gradients: UnsafeMutablePointer<Self>?
    ) {
        qmtl_transfer_adjoint_double(
            set, program, angles, stride, firstLane, lanes, scratch, tape, duals, gradients)
    }

    static func splitForward(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafeMutablePointer<Self>
    ) {
        qmtl_split_forward_double(set, program, angles, stride, 0, lanes, scratch, states, ends)
    }

    static func splitAdjoint(
        _ set: Int32, _ program: UnsafePointer<qmtl_split_transfer>, angles: UnsafePointer<Self>,
        stride: Int, lanes: Int, scratch: UnsafeMutablePointer<Self>, states: UnsafeMutablePointer<Self>,
        ends: UnsafePointer<Self>, gradients: UnsafeMutablePointer<Self>
    ) {
        qmtl_split_adjoint_double(set, program, angles, stride, 0, lanes, scratch, states, ends, gradients)
    }

    static func transferRead(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, states: UnsafePointer<Self>, stateSize: Int,
        firstLane: Int, lanes: Int, rows: UnsafeMutablePointer<Self>, stride: Int
    ) { qmtl_transfer_read_double(set, register, states, stateSize, firstLane, lanes, rows, stride) }

    static func transferWrite(
        _ set: Int32, _ register: UnsafePointer<qmtl_register>, rows: UnsafePointer<Self>, stride: Int,
        firstLane: Int, lanes: Int, states: UnsafeMutablePointer<Self>, stateSize: Int
    ) { qmtl_transfer_write_double(set, register, rows, stride, firstLane, lanes, states, stateSize) }
}
