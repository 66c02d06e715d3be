import CPUSimulation
import Execution
import OpenCLSimulation
import ReferenceSimulation
import Testing

/// A backend, and the choices within it that must not be seen in its results.
enum BackendKind: Hashable, Sendable, CustomTestStringConvertible {
    case reference
    case cpu(CPUBackend.Precision, CPUBackend.InstructionSet)
    case opencl(OpenCLDevice, OpenCLPrecision, OpenCLWorkShape)

    /// Every backend this machine can run.
    static var available: [BackendKind] {
        let sets = CPUBackend.InstructionSet.allCases.filter { $0 <= .best }
        return [.reference]
            + CPUBackend.Precision.allCases.flatMap { precision in sets.map { .cpu(precision, $0) } } + openCL
    }

    /// Every OpenCL device, with the work shape of its own and with that of a GPU, whose items share out states.
    private static var openCL: [BackendKind] {
        let devices = (try? OpenCLPlatforms.devices()) ?? []
        return devices.flatMap { device in
            OpenCLPrecision.allCases.filter { $0 == .single || device.hasDoublePrecision }.flatMap {
                precision in
                [OpenCLWorkShape.automatic, .cooperative(lanes: 2, threads: 4)].map {
                    .opencl(device, precision, $0)
                }
            }
        }
    }

    /// A fresh backend; nil stands for its own choice of threads and memory.
    func make(threads: Int? = nil, memory: Int? = nil) throws -> any Backend {
        switch self {
        case .reference: memory.map { ReferenceBackend(memory: $0) } ?? ReferenceBackend()
        case .cpu(let precision, let set):
            CPUBackend(precision: precision, threads: threads, instructionSet: set, memory: memory)
        case .opencl(let device, let precision, let shape):
            try OpenCLBackend(device: device, memory: memory, precision: precision, shape: shape)
        }
    }

    /// The number of tasks of a wide circuit: whole registers grow as 2^qubits, cones do not.
    var wideTaskCount: Int {
        switch self {
        case .reference: 5
        case .cpu, .opencl: 151
        }
    }

    /// Widths of a register that cannot be evaluated within 64 MiB.
    ///
    /// The reference needs five states of 2^n amplitudes of 16 bytes; a head matrix has 4^n entries. The last ones
    /// overflow where sizes are multiplied carelessly.
    var widthsBeyond64Mebibytes: [Int] {
        switch self {
        case .reference: [20, 30, 45, 64, 70]
        case .cpu, .opencl: [12, 16, 20, 30, 45, 64, 70]
        }
    }

    var testDescription: String {
        switch self {
        case .reference: "reference"
        case .cpu(let precision, let set): "cpu \(precision) \(set)"
        case .opencl(let device, let precision, let shape): "opencl \(device.platform) \(precision) \(shape)"
        }
    }
}
