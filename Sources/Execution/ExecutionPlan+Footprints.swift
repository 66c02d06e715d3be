extension ExecutionPlan {
    /// What of the encoding a task can depend on: the features and trainable angles of the cones it reads.
    package struct Footprint: Sendable {
        /// The features.
        package let features: [Int]
        /// The trainable angles.
        package let parameters: [Int]
    }

    /// The footprint of each task in the circuit.
    package var footprints: [Footprint] {
        guard let expansion else { return plainFootprints }
        return plainFootprints.map { plain in
            Footprint(
                features: expansion.features(behind: plain.features).sorted(),
                parameters: expansion.parameters(
                    behindFeatures: Set(plain.features), parameters: Set(plain.parameters)
                ).sorted())
        }
    }

    /// The footprint of each task in the plain circuit, in the order of its cones' slots.
    package var plainFootprints: [Footprint] {
        var footprints = circuit.tasks.map { _ in Footprint(features: [], parameters: []) }
        for head in heads {
            for member in head.members {
                let instance = encodings[head.encoding].instances[member.instance]
                let known = footprints[member.task]
                footprints[member.task] = Footprint(
                    features: known.features + instance.features.filter { !known.features.contains($0) },
                    parameters: known.parameters
                        + instance.parameters.filter { !known.parameters.contains($0) })
            }
        }
        return footprints
    }

    /// The tasks in groups whose members have nothing in common in their footprints.
    ///
    /// With local placement there are a few groups whatever the number of tasks; tasks that share a register are each alone.
    package var independentTasks: [[Int]] {
        var groups: [(tasks: [Int], features: Set<Int>, parameters: Set<Int>)] = []
        for (task, footprint) in footprints.enumerated() {
            let fitting = groups.firstIndex {
                $0.features.isDisjoint(with: footprint.features)
                    && $0.parameters.isDisjoint(with: footprint.parameters)
            }
            let index = fitting ?? groups.count
            if fitting == nil { groups.append(([], [], [])) }
            groups[index].tasks.append(task)
            groups[index].features.formUnion(footprint.features)
            groups[index].parameters.formUnion(footprint.parameters)
        }
        return groups.map(\.tasks)
    }
}
