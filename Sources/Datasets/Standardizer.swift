import LinearAlgebra

/// Moves and scales each feature to mean 0 and standard deviation 1 over the samples it was fitted on.
public struct Standardizer: Equatable, Sendable, Codable {
    /// The mean of each feature.
    public let mean: [Float]
    /// The standard deviation of each feature (over n, not n - 1); 1 for a feature that never changes.
    public let scale: [Float]

    /// A standardizer of known statistics, one of each per feature.
    public init(mean: [Float], scale: [Float]) {
        precondition(mean.count == scale.count && scale.allSatisfy { $0 > 0 })
        self.mean = mean
        self.scale = scale
    }

    /// The statistics of `samples`, at least one, of `features` `[samples x D]`.
    public init(fitting features: Matrix, samples: some Collection<Int>) {
        precondition(!samples.isEmpty, "statistics need samples")
        let count = Double(samples.count)
        var mean = [Double](repeating: 0, count: features.columns)
        var squares = mean
        features.elements.withUnsafeBufferPointer { values in
            for sample in samples {
                for column in mean.indices { mean[column] += Double(values[sample * mean.count + column]) }
            }
            for column in mean.indices { mean[column] /= count }
            for sample in samples {
                for column in mean.indices {
                    let deviation = Double(values[sample * mean.count + column]) - mean[column]
                    squares[column] += deviation * deviation
                }
            }
        }
        self.mean = mean.map { Float($0) }
        // Rounding leaves a constant feature a deviation far below single precision's resolution of its mean.
        scale = zip(mean, squares).map { mean, square in
            let deviation = (square / count).squareRoot()
            return deviation > abs(mean) * Double(Float.ulpOfOne) ? Float(deviation) : 1
        }
    }

    /// `features` `[samples x D]`, moved and scaled.
    public func apply(to features: Matrix) -> Matrix {
        precondition(features.columns == mean.count, "a standardizer fits one number of features")
        var result = features
        result.elements.withUnsafeMutableBufferPointer { values in
            for row in 0..<features.rows {
                for column in mean.indices {
                    let index = row * mean.count + column
                    values[index] = (values[index] - mean[column]) / scale[column]
                }
            }
        }
        return result
    }
}

extension DataSource {
    /// The standardizer of this source's training samples.
    public func standardizer() -> Standardizer {
        Standardizer(fitting: features, samples: samples(of: .train))
    }
}
