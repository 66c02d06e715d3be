import COpenCL
import Execution
import LinearAlgebra
import Noise
import OpenCLSimulation
import ReferenceSimulation
import Synchronization
import Testing

/// A device that has less memory than it says: the batch is evaluated in smaller parts, and the result is kept.
@Suite(.needsDevice, .serialized) struct MemoryShortageTests {
    /// The loader's functions, some of which fail; C functions cannot hold these themselves.
    private enum Faults {
        nonisolated(unsafe) static var real = qmtl_opencl()
        static let largestBuffer = Atomic(Int.max)
        static let launchesToFailure = Atomic(0)

        static func functions() throws -> qmtl_opencl {
            real = try OpenCLLibrary().functions
            var functions = real
            functions.clCreateBuffer = { context, flags, size, host, status in
                guard size <= Faults.largestBuffer.load(ordering: .relaxed) else {
                    status?.pointee = Int32(QMTL_CL_MEM_OBJECT_ALLOCATION_FAILURE)
                    return nil
                }
                return Faults.real.clCreateBuffer(context, flags, size, host, status)
            }
            functions.clEnqueueNDRangeKernel = {
                queue, kernel, dimensions, offset, global, local, count, list, event in
                // The counter passes zero once.
                guard Faults.launchesToFailure.wrappingSubtract(1, ordering: .relaxed).newValue != 0 else {
                    return Int32(QMTL_CL_OUT_OF_RESOURCES)
                }
                return Faults.real.clEnqueueNDRangeKernel(
                    queue, kernel, dimensions, offset, global, local, count, list, event)
            }
            return functions
        }
    }

    private let batch: SampleBatch

    init() throws { batch = try SampleBatch(.paper, outputs: [1, 3, 1], samples: 257) }

    /// Gradients with the faults, and the ranges that the cotangent was asked for.
    private func gradients(
        of batch: SampleBatch? = nil, largestBuffer: Int = .max, failingLaunch: Int = 0
    ) throws -> (CircuitGradients, [Range<Int>]) {
        let batch = batch ?? self.batch
        let engine = try OpenCLEngine(
            #require(testDevice), .single, memory: 1 << 30, shape: .automatic, functions: Faults.functions())
        Faults.largestBuffer.store(largestBuffer, ordering: .relaxed)
        Faults.launchesToFailure.store(failingLaunch, ordering: .relaxed)
        let asked = Mutex<[Range<Int>]>([])
        let weights = batch.cotangent
        let result = try engine.gradients(
            batch.plan, batch.inputs,
            Cotangent { _, samples in
                asked.withLock { $0.append(samples) }
                return weights.slice(rows: samples)
            })
        return (result, asked.withLock { $0 })
    }

    @Test func refusedBuffersSplitTheBatch() async throws {
        // The tasks share a cone of 4 qubits; 257 states of 2 * 2^4 numbers of 4 bytes take 33 KB.
        let (result, asked) = try gradients(largestBuffer: 1 << 14)
        expectEqual(result, try await batch.gradients(on: ReferenceBackend()))
        #expect(asked.count > 1)
        #expect(asked.flatMap(Array.init) == Array(0..<257), "each sample once, in order")
    }

    @Test func refusedBuffersSplitANoisyBatch() async throws {
        let noisy = try SampleBatch(.paper, outputs: [1, 1, 1], noise: .mixed(), samples: 257)
        // What groups have of their own takes more at first: some 50 KB for each.
        let (result, asked) = try gradients(of: noisy, largestBuffer: 1 << 18)
        expectEqual(result, try await noisy.gradients(on: ReferenceBackend()))
        #expect(asked.count > 1)
        #expect(asked.flatMap(Array.init) == Array(0..<257), "each sample once, in order")
    }

    // The fourth launch reads expectation values, the ninth is the adjoint sweep.
    @Test(arguments: [4, 9]) func aRefusedLaunchSplitsTheBatch(launch: Int) async throws {
        let (result, asked) = try gradients(failingLaunch: launch)
        expectEqual(result, try await batch.gradients(on: ReferenceBackend()))
        #expect(asked.flatMap(Array.init) == Array(0..<257), "each sample once, in order")
        #expect(asked.count == (launch == 4 ? 2 : 1), "what the cotangent was asked for is kept")
    }

    @Test func aDeviceWithoutMemoryIsAnError() throws {
        let error = #expect(throws: BackendError.self) { try gradients(largestBuffer: 100) }
        guard case .outOfMemory(_, let needed, let available) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(available < needed)
    }
}
