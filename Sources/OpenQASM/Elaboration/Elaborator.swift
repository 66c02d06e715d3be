import Circuits

/// Works a program out: what its names stand for, which gates it applies, in order.
struct Elaborator {
    /// Steps, repetitions and definitions worked out in all, at most.
    static let stepLimit = 1 << 22
    /// Qubits of a program, at most.
    static let qubitLimit = 1 << 16
    /// Gates defined through each other, at most.
    static let definitionLimit = 64
    /// Controls of one gate, at most: their number doubles the gates each time.
    static let controlLimit = 10
    /// Parts of one expression that depend on inputs, at most.
    static let expressionLimit = 1000

    var scopes: [[String: Symbol]] = [[:]]
    var includesStandardGates = false
    var qubitCount = 0
    var usesHardwareQubits = false
    private(set) var inputs: [String] = []
    var lowering = GateLowering()
    private var stepCount = 0
    /// Qubits that gates have acted on, and those measured.
    private var touched: Set<Int> = []
    private var measured: Set<Int> = []

    /// Works out all statements of a program.
    mutating func run(_ statements: [Statement]) throws(OpenQASMError) {
        for statement in statements { try run(statement) }
    }

    private mutating func run(_ statement: Statement) throws(OpenQASMError) {
        let position = statement.position
        switch statement.kind {
        case .include(let file): try include(file, at: position)
        case .qubits(let name, let size): try declareQubits(name, size: size, at: position)
        case .bits(let name, let size, let operand):
            let count = try size.map { (size) throws(OpenQASMError) in try registerSize(size) }
            try declare(name, .bits(count: count ?? 1, isRegister: count != nil), at: position)
            if let operand { try measure(operand, into: nil, at: position) }
        case .constant(let name, let type, let expression):
            try declare(name, .number(try constant(expression, type: type)), at: position)
        case .input(let name, _):
            try declare(name, .number(.real(.input(inputs.count))), at: position)
            inputs.append(name)
        case .gate(let syntax): try define(syntax, at: position)
        case .call(let call): try apply(call, at: position)
        case .measurement(let operand, let target): try measure(operand, into: target, at: position)
        case .reset(let operand):
            for qubit in try qubits(operand).indices where touched.contains(qubit) {
                throw .unsupported(
                    position, feature: "a reset after a gate",
                    remedy: "qubits start in |0>, so reset them only at the start")
            }
        case .barrier(let operands): for operand in operands { _ = try qubits(operand) }
        case .alias(let name, let operand): try declare(name, try symbol(for: operand), at: position)
        case .loop(let variable, let values, let body):
            try forEach(variable, values, at: position) { (elaborator) throws(OpenQASMError) in
                try elaborator.run(body)
            }
        }
    }

    /// Enters a name into the innermost scope.
    mutating func declare(
        _ name: String, _ symbol: Symbol, at position: SourcePosition
    ) throws(OpenQASMError) {
        let isStandard = includesStandardGates && StandardGate.included[name] != nil
        let isTaken =
            scopes[scopes.count - 1][name] != nil || StandardGate.builtIn[name] != nil
            || scopes.count == 1 && (isStandard || Self.constants[name] != nil)
        if isTaken { throw .redefinedName(position, name: name) }
        scopes[scopes.count - 1][name] = symbol
    }

    /// What `name` stands for, from the innermost scope outwards.
    func symbol(_ name: String) -> Symbol? {
        for scope in scopes.reversed() { if let symbol = scope[name] { return symbol } }
        return nil
    }

    /// What a name for qubits or bits stands for.
    private mutating func symbol(for operand: Operand) throws(OpenQASMError) -> Symbol {
        if case .name(let name) = operand.parts[0].base, case .bits = symbol(name) {
            let (count, isRegister) = try bits(operand)
            return .bits(count: count, isRegister: isRegister)
        }
        let (indices, isRegister) = try qubits(operand)
        return .qubits(indices, isRegister: isRegister)
    }

    /// Counts work, so that a small text cannot ask for endless work.
    mutating func count(_ steps: Int, at position: SourcePosition) throws(OpenQASMError) {
        stepCount += steps
        if stepCount > Self.stepLimit {
            throw .tooLarge(position, what: "the number of gates and repetitions", limit: Self.stepLimit)
        }
    }

    /// Runs `body` with `variable` at each of `values`.
    mutating func forEach(
        _ variable: String, _ values: Statement.LoopValues, at position: SourcePosition,
        _ body: (inout Elaborator) throws(OpenQASMError) -> Void
    ) throws(OpenQASMError) {
        for value in try loopValues(values, at: position) {
            try count(1, at: position)
            scopes.append([variable: .number(.integer(value))])
            defer { scopes.removeLast() }
            try body(&self)
        }
    }

    private mutating func include(_ file: String, at position: SourcePosition) throws(OpenQASMError) {
        guard file == "stdgates.inc" else {
            throw .unsupported(
                position, feature: "the file '\(file)'",
                remedy: "include \"stdgates.inc\" and define other gates in the program itself")
        }
        for name in scopes[0].keys.sorted() where StandardGate.included[name] != nil {
            throw .redefinedName(position, name: name)
        }
        includesStandardGates = true
    }

    private mutating func declareQubits(
        _ name: String, size: Expression?, at position: SourcePosition
    ) throws(OpenQASMError) {
        if usesHardwareQubits { throw Self.mixedQubits(at: position) }
        let count = try size.map { (size) throws(OpenQASMError) in try registerSize(size) }
        let first = qubitCount
        qubitCount += count ?? 1
        guard qubitCount <= Self.qubitLimit else {
            throw .tooLarge(position, what: "the number of qubits", limit: Self.qubitLimit)
        }
        try declare(name, .qubits(Array(first..<qubitCount), isRegister: count != nil), at: position)
    }

    static func mixedQubits(at position: SourcePosition) -> OpenQASMError {
        .unsupported(
            position, feature: "a program with both hardware qubits and qubits of its own",
            remedy: "use one or the other")
    }

    private mutating func measure(
        _ operand: Operand, into target: Operand?, at position: SourcePosition
    ) throws(OpenQASMError) {
        let qubits = try qubits(operand)
        if let target {
            let bits = try bits(target).count
            guard bits == qubits.indices.count else {
                throw .wrongCount(
                    position, name: "measure", part: "bits", found: bits, expected: qubits.indices.count)
            }
        }
        measured.formUnion(qubits.indices)
    }

    /// Appends steps to the circuit, on its qubits.
    mutating func append(_ steps: [GateStep], on qubits: [Int], at position: SourcePosition)
        throws(OpenQASMError)
    {
        for qubit in qubits where measured.contains(qubit) {
            throw .unsupported(
                position, feature: "a gate on qubit \(qubit) after its measurement",
                remedy: "measure at the end only")
        }
        touched.formUnion(qubits)
        for step in steps {
            // A gate with k controls takes 2^k rotations and as many two-qubit gates.
            try count(step.controls.count > 1 ? 1 << step.controls.count : 1, at: position)
            lowering.append(step.relabelled { qubits[$0] })
        }
    }
}
