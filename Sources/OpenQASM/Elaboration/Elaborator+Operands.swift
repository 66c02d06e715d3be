extension Elaborator {
    /// The qubits that an operand of the program names, and whether they are a register.
    mutating func qubits(_ operand: Operand) throws(OpenQASMError) -> (indices: [Int], isRegister: Bool) {
        var indices: [Int] = []
        var isRegister = operand.parts.count > 1
        for part in operand.parts {
            var (found, isWhole) = try base(part)
            for selection in part.selections {
                guard isWhole else {
                    throw .invalidValue(part.position, value: "a single qubit", problem: "has no index")
                }
                (found, isWhole) = try select(selection, from: found, at: part.position)
            }
            indices += found
            isRegister = isRegister || isWhole
        }
        guard indices.count <= Self.qubitLimit else {
            throw .tooLarge(operand.position, what: "the number of qubits", limit: Self.qubitLimit)
        }
        return (indices, isRegister)
    }

    private mutating func base(_ part: Operand.Part) throws(OpenQASMError) -> ([Int], Bool) {
        switch part.base {
        case .hardwareQubit(let index):
            if qubitCount > 0, !usesHardwareQubits { throw Self.mixedQubits(at: part.position) }
            guard index < Self.qubitLimit else {
                throw .tooLarge(part.position, what: "the number of qubits", limit: Self.qubitLimit)
            }
            usesHardwareQubits = true
            qubitCount = max(qubitCount, index + 1)
            return ([index], false)
        case .name(let name):
            guard case .qubits(let indices, let isRegister) = symbol(name) else {
                throw .unknownName(
                    part.position, name: name, kind: "qubit", remedy: "declare it before its use")
            }
            return (indices, isRegister)
        }
    }

    private func select(
        _ selection: Operand.Selection, from elements: [Int], at position: SourcePosition
    ) throws(OpenQASMError) -> ([Int], Bool) {
        switch selection {
        case .index(let expression):
            return ([elements[try index(expression, count: elements.count)]], false)
        case .list(let expressions):
            var selected: [Int] = []
            for expression in expressions {
                selected.append(elements[try index(expression, count: elements.count)])
            }
            return (selected, true)
        case .range(let range):
            let step =
                try range.step.map { (step) throws(OpenQASMError) in try integer(step, of: "a step") } ?? 1
            let ends = (0, elements.count - 1)
            let start = try range.start.map { (start) throws(OpenQASMError) in
                try index(start, count: elements.count)
            }
            let end = try range.end.map { (end) throws(OpenQASMError) in
                try index(end, count: elements.count)
            }
            let places = try places(
                from: start ?? (step < 0 ? ends.1 : ends.0), through: end ?? (step < 0 ? ends.0 : ends.1),
                by: step, at: position)
            return (places.map { elements[$0] }, true)
        }
    }

    /// An index into `count` elements; a negative one counts from the end.
    private func index(_ expression: Expression, count: Int) throws(OpenQASMError) -> Int {
        let value = try integer(expression, of: "an index")
        guard (-count..<count).contains(value) else {
            throw .invalidValue(
                expression.position, value: "index \(value)",
                problem: "does not exist in a register of \(count): use 0 to \(count - 1)")
        }
        return value < 0 ? value + count : value
    }

    private func places(
        from start: Int, through end: Int, by step: Int, at position: SourcePosition
    ) throws(OpenQASMError) -> [Int] {
        guard step != 0 else { throw .invalidValue(position, value: "the step of a range", problem: "is 0") }
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        guard !overflow, distance / step < Self.stepLimit else {
            throw .tooLarge(position, what: "the length of a range", limit: Self.stepLimit)
        }
        return Array(stride(from: start, through: end, by: step))
    }

    /// The values of a loop's variable.
    func loopValues(
        _ values: Statement.LoopValues, at position: SourcePosition
    ) throws(OpenQASMError) -> [Int] {
        switch values {
        case .list(let expressions):
            var result: [Int] = []
            for expression in expressions { result.append(try integer(expression, of: "a loop's value")) }
            return result
        case .range(let range):
            guard let start = range.start, let end = range.end else {
                throw .invalidValue(
                    position, value: "the range of a loop", problem: "needs a start and an end")
            }
            let step = try range.step.map { (step) throws(OpenQASMError) in try integer(step, of: "a step") }
            return try places(
                from: integer(start, of: "the start of a range"),
                through: integer(end, of: "the end of a range"), by: step ?? 1, at: position)
        }
    }

    /// The number of elements a register is declared with.
    func registerSize(_ expression: Expression) throws(OpenQASMError) -> Int {
        let size = try integer(expression, of: "the size of a register")
        guard size >= 1 else {
            throw .invalidValue(expression.position, value: "\(size)", problem: "is no size: use 1 or more")
        }
        guard size <= Self.qubitLimit else {
            throw .tooLarge(expression.position, what: "the size of a register", limit: Self.qubitLimit)
        }
        return size
    }

    /// How many bits an operand of the program names, and whether they are a register.
    func bits(_ operand: Operand) throws(OpenQASMError) -> (count: Int, isRegister: Bool) {
        var count = 0
        var isRegister = operand.parts.count > 1
        for part in operand.parts {
            let name =
                switch part.base {
                case .name(let name): name
                case .hardwareQubit(let index): "$\(index)"
                }
            guard case .bits(let size, let isWhole) = symbol(name) else {
                throw .unknownName(
                    part.position, name: name, kind: "bit", remedy: "declare it before its use")
            }
            var selected = (Array(0..<size), isWhole)
            for selection in part.selections {
                guard selected.1 else {
                    throw .invalidValue(part.position, value: "a single bit", problem: "has no index")
                }
                selected = try select(selection, from: selected.0, at: part.position)
            }
            count += selected.0.count
            isRegister = isRegister || selected.1
        }
        guard count <= Self.qubitLimit else {
            throw .tooLarge(operand.position, what: "the number of bits", limit: Self.qubitLimit)
        }
        return (count, isRegister)
    }
}
