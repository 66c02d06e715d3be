import LinearAlgebra
import Randomness

/// A small dense net per task over all expectation values, as in arXiv:2409.16593: layers of 64 and 32 with ReLU, then the
/// task's outputs.
struct DenseReadout: ExpectationReadout {
    /// Sizes of the hidden layers.
    static let hiddenSizes = [64, 32]

    private struct Net {
        let layers: [DenseLayer]
        /// Where each layer's parameters lie.
        let parameters: [Range<Int>]
        let outputs: Range<Int>
    }

    let expectationCount: Int
    let outputCount: Int
    let parameterCount: Int
    private let nets: [Net]

    /// A net for every task with `outputCounts[t]` outputs.
    init(expectationCount: Int, outputCounts: [Int]) {
        var (output, parameter) = (0, 0)
        nets = outputCounts.map { count in
            let sizes = [expectationCount] + Self.hiddenSizes + [count]
            let layers = zip(sizes, sizes.dropFirst()).map { DenseLayer(inputCount: $0, outputCount: $1) }
            let ranges = layers.map { layer in
                defer { parameter += layer.parameterCount }
                return parameter..<parameter + layer.parameterCount
            }
            defer { output += count }
            return Net(layers: layers, parameters: ranges, outputs: output..<output + count)
        }
        self.expectationCount = expectationCount
        outputCount = output
        parameterCount = parameter
    }

    func initialParameters(using generator: inout Philox) -> [Float] {
        nets.flatMap { $0.layers.flatMap { $0.initialParameters(using: &generator) } }
    }

    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix {
        var result = Matrix(rows: expectations.rows, columns: outputCount)
        parameters.withUnsafeBufferPointer { parameters in
            for net in nets {
                result.setColumns(net.outputs, to: activations(of: net, expectations, parameters).last!)
            }
        }
        return result
    }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        var result = Matrix(rows: expectations.rows, columns: expectationCount)
        walkBack(expectations, parameters, cotangent) { _, slope in
            for index in result.elements.indices { result.elements[index] += slope.elements[index] }
        }
        return result
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] {
        var gradient = [Float](repeating: 0, count: parameterCount)
        walkBack(expectations, parameters, cotangent) { gradients, _ in
            for (range, values) in gradients { gradient.replaceSubrange(range, with: values) }
        }
        return gradient
    }

    /// The inputs of every layer of a net, then its outputs.
    private func activations(
        of net: Net, _ expectations: Matrix, _ parameters: UnsafeBufferPointer<Float>
    ) -> [Matrix] {
        var values = [expectations]
        for (layer, range) in zip(net.layers, net.parameters) {
            var next = layer.outputs(
                values.last!, parameters: UnsafeBufferPointer(rebasing: parameters[range]))
            if values.count < net.layers.count { next = next.map { max($0, 0) } }
            values.append(next)
        }
        return values
    }

    /// Calls `body` for every net with the gradients of its layers' parameters and that of the expectation values.
    private func walkBack(
        _ expectations: Matrix, _ parameters: [Float], _ cotangent: Matrix,
        _ body: (_ parameters: [(Range<Int>, [Float])], _ expectations: Matrix) -> Void
    ) {
        parameters.withUnsafeBufferPointer { parameters in
            for net in nets {
                let values = activations(of: net, expectations, parameters)
                var slope = cotangent.columns(net.outputs)
                var gradients: [(Range<Int>, [Float])] = []
                for index in net.layers.indices.reversed() {
                    let (layer, range) = (net.layers[index], net.parameters[index])
                    var gradient = [Float](repeating: 0, count: range.count)
                    gradient.withUnsafeMutableBufferPointer {
                        layer.parameterGradient(values[index], cotangent: slope, into: $0)
                    }
                    gradients.append((range, gradient))
                    slope = layer.inputGradient(
                        cotangent: slope, parameters: UnsafeBufferPointer(rebasing: parameters[range]))
                    if index > 0 {
                        for (entry, value) in values[index].elements.enumerated() where value <= 0 {
                            slope.elements[entry] = 0
                        }
                    }
                }
                body(gradients, slope)
            }
        }
    }
}

extension Matrix {
    /// A contiguous range of columns, copied.
    fileprivate func columns(_ range: Range<Int>) -> Matrix {
        Matrix(rows: rows, columns: range.count, elements: (0..<rows).flatMap { row(row: $0, range) })
    }

    /// Replaces a contiguous range of columns.
    fileprivate mutating func setColumns(_ range: Range<Int>, to values: Matrix) {
        for row in 0..<rows {
            for (offset, column) in range.enumerated() { self[row, column] = values[row, offset] }
        }
    }

    private func row(row index: Int, _ range: Range<Int>) -> ArraySlice<Float> {
        elements[index * columns + range.lowerBound..<index * columns + range.upperBound]
    }
}
