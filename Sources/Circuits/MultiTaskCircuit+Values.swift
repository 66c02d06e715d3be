extension MultiTaskCircuit {
    /// The circuit with its trainable angles fixed, and its features, too, where a sample is given.
    /// - Parameters:
    ///   - parameters: The trainable angles in radians: the encoding's, then each task block's.
    ///   - features: The feature angles of one sample in radians; nil to leave them open.
    public func fixing(parameters: [Double], features: [Double]? = nil) -> MultiTaskCircuit {
        precondition(parameters.count == parameterCount, "one value per trainable angle")
        precondition((features?.count ?? featureCount) == featureCount, "one value per feature")
        let fixedTasks = zip(tasks, blockParameters).map { task, range in
            task.replacing(block: task.block.fixing(parameters: Array(parameters[range])))
        }
        return MultiTaskCircuit(
            encoding: encoding.fixing(
                parameters: Array(parameters[..<encoding.parameterCount]), features: features),
            stageCount: stageCount, fitting: fixedTasks)
    }

    /// The circuit with only one of its tasks.
    public func keepingTask(_ index: Int) -> MultiTaskCircuit {
        precondition(parameterCount == 0, "trainable angles are fixed before, for their numbers would change")
        return MultiTaskCircuit(encoding: encoding, stageCount: stageCount, fitting: [tasks[index]])
    }
}

extension Circuit {
    /// The circuit with its trainable angles fixed, and its features, too, where they are given; in radians.
    func fixing(parameters: [Double], features: [Double]? = nil) -> Circuit {
        var fixed = Circuit(qubitCount: qubitCount, featureCount: features == nil ? featureCount : 0)
        for gate in gates {
            fixed.appendUnchecked(
                gate.replacingAngle { $0.fixing(parameters: parameters, features: features) })
        }
        return fixed
    }
}

extension Angle {
    fileprivate func fixing(parameters: [Double], features: [Double]?) -> Angle {
        let number = self.parameters.reduce(factor) { $0 * parameters[$1] }
        return self.features.reduce(.constant(number)) { product, index in
            product * (features.map { .constant($0[index]) } ?? .feature(index))
        }
    }
}
