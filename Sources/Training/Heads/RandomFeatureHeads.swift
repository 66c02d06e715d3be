import Execution
import Foundation
import LinearAlgebra
import Randomness

/// Per task, a linear layer over the cosines and sines of frozen random frequencies of the task's own features.
///
/// A circuit that encodes features as angles is a Fourier series in them, so this is what is left of a quantum head when
/// its spectrum is drawn at random and nothing of it is trained. `sum_t C_t (2m + 1)` parameters for `m` frequencies a
/// task. Sources: Rahimi, Recht, *Random features for large-scale kernel machines* (NIPS 2007); Landman et al.,
/// arXiv:2210.13200, for such features in place of a circuit.
public struct RandomFeatureHeads: TaskHeads {
    private let projection: SlicedLayer
    /// The frequencies, as parameters of `projection` with biases of 0.
    private let frequencies: [Float]
    private let readout: SlicedLayer
    /// The number of frequencies `m` of a task.
    public let width: Int

    /// Heads of tasks with `widths[t]` own features and `outputCounts[t]` outputs, whose `width` frequencies each are
    /// uniform in `±pi` for every feature, twice what a quarter turn per feature reaches.
    public init(widths: [Int], outputCounts: [Int], width: Int, frozenUsing generator: inout Philox) {
        let counts = [Int](repeating: width, count: widths.count)
        projection = SlicedLayer(widths: widths, outputCounts: counts)
        frequencies = widths.flatMap { own in
            (0..<width).flatMap { _ in (0..<own).map { _ in generator.uniform(in: -.pi ..< .pi) } + [0] }
        }
        readout = SlicedLayer(widths: counts.map { 2 * $0 }, outputCounts: outputCounts)
        self.width = width
    }

    /// The number of features `d`: every task's own, side by side.
    public var featureCount: Int { projection.inputCount }
    /// The number of outputs `O`.
    public var outputCount: Int { readout.outputCount }
    /// `O (2m + 1)`: output by output, the weights of `m` cosines and of `m` sines, then the bias.
    public var parameterCount: Int { readout.parameterCount }

    /// Uniform in `±1 / sqrt(2m)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        readout.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        let waves = waves(features)
        return parameters.withUnsafeBufferPointer { readout.outputs(waves, parameters: $0) }
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        let waves = waves(features)
        return parameters.withUnsafeBufferPointer { parameters in
            let outputs = readout.outputs(waves, parameters: parameters)
            let slope = cotangent(outputs, samples: 0..<features.rows)
            var gradient = [Float](repeating: 0, count: parameterCount)
            let waveGradient = gradient.withUnsafeMutableBufferPointer {
                readout.gradients(waves, cotangent: slope, parameters: parameters, into: $0)
            }
            return HeadGradients(
                outputs: outputs, features: featureGradient(features, waves: waves, waveGradient),
                parameters: gradient)
        }
    }

    /// Task by task `m` cosines, then `m` sines: `[samples x 2 T m]`.
    private func waves(_ features: Matrix) -> Matrix {
        let angles = frequencies.withUnsafeBufferPointer { projection.outputs(features, parameters: $0) }
        var waves = Matrix(rows: features.rows, columns: readout.inputCount)
        waves.elements.withUnsafeMutableBufferPointer { waves in
            angles.elements.withUnsafeBufferPointer { angles in
                forEachAngle(count: angles.count) { angle, cosine, sine in
                    waves[cosine] = cos(angles[angle])
                    waves[sine] = sin(angles[angle])
                }
            }
        }
        return waves
    }

    /// The gradient of the features for that of the waves; the frequencies are frozen, so theirs is dropped.
    private func featureGradient(_ features: Matrix, waves: Matrix, _ gradient: Matrix) -> Matrix {
        var slopes = Matrix(rows: features.rows, columns: projection.outputCount)
        slopes.elements.withUnsafeMutableBufferPointer { slopes in
            waves.elements.withUnsafeBufferPointer { waves in
                gradient.elements.withUnsafeBufferPointer { gradient in
                    forEachAngle(count: slopes.count) { angle, cosine, sine in
                        slopes[angle] = gradient[sine] * waves[cosine] - gradient[cosine] * waves[sine]
                    }
                }
            }
        }
        var dropped = [Float](repeating: 0, count: frequencies.count)
        return dropped.withUnsafeMutableBufferPointer { dropped in
            frequencies.withUnsafeBufferPointer {
                projection.gradients(features, cotangent: slopes, parameters: $0, into: dropped)
            }
        }
    }

    /// Calls `body` with the place of every angle and those of its cosine and sine among the waves.
    private func forEachAngle(count: Int, _ body: (_ angle: Int, _ cosine: Int, _ sine: Int) -> Void) {
        for task in 0..<count / width {
            for index in 0..<width {
                let cosine = 2 * task * width + index
                body(task * width + index, cosine, cosine + width)
            }
        }
    }
}
