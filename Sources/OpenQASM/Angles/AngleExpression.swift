import Foundation

/// A real number that may depend on a program's inputs: an angle in radians, or a part of one.
///
/// It is kept as a constant plus multiples of terms, so that `x/2 + x/2` and `x` are the same expression, and the angles
/// that gates have in common are found by comparing.
public struct AngleExpression: Hashable, Sendable {
    /// What a multiple is taken of.
    public indirect enum Term: Hashable, Sendable {
        /// The program's input of that index.
        case input(Int)
        /// A product of two expressions that both depend on inputs.
        case product(AngleExpression, AngleExpression)
        /// `dividend / divisor`, where the divisor depends on inputs.
        case quotient(AngleExpression, AngleExpression)
        /// `base ** exponent`.
        case power(AngleExpression, AngleExpression)
        /// A function of an expression that depends on inputs.
        case function(AngleFunction, AngleExpression)
    }

    /// A multiple of a term.
    public struct Multiple: Hashable, Sendable {
        /// The factor, not 0.
        public let factor: Double
        /// The term.
        public let term: Term
    }

    /// The part that depends on no input.
    public let constant: Double
    /// The other parts: inputs in their order, then other terms.
    public let multiples: [Multiple]
    /// The number of constants and terms within, nested ones included.
    let size: Int

    private init(constant: Double, multiples: [Multiple]) {
        self.constant = constant
        self.multiples = multiples
        size = multiples.reduce(1) { $0 + $1.term.size }
    }

    /// A fixed number.
    public static func constant(_ value: Double) -> AngleExpression { Self(constant: value, multiples: []) }

    /// The program's input of index `index`.
    public static func input(_ index: Int) -> AngleExpression { Self(.input(index)) }

    /// A function of an expression.
    public static func function(_ function: AngleFunction, _ argument: AngleExpression) -> AngleExpression {
        argument.value.map { .constant(function($0).value) } ?? Self(.function(function, argument))
    }

    /// `base ** exponent`.
    public static func power(_ base: AngleExpression, _ exponent: AngleExpression) -> AngleExpression {
        if let base = base.value, let exponent = exponent.value { return .constant(pow(base, exponent)) }
        if exponent.value == 1 { return base }
        return Self(.power(base, exponent))
    }

    private init(_ term: Term) {
        self.init(constant: 0, multiples: [Multiple(factor: 1, term: term)])
    }

    /// The number, where no input is needed to know it.
    public var value: Double? { multiples.isEmpty ? constant : nil }

    /// The number in front of a single term, and the rest.
    private var split: (factor: Double, rest: AngleExpression) {
        guard constant == 0, multiples.count == 1 else { return (1, self) }
        return (multiples[0].factor, Self(multiples[0].term))
    }

    /// The sum; equal terms are joined.
    public static func + (left: AngleExpression, right: AngleExpression) -> AngleExpression {
        var multiples = left.multiples
        for added in right.multiples {
            guard let index = multiples.firstIndex(where: { $0.term == added.term }) else {
                // Inputs stay in order, so that the order of summands does not matter to them.
                let place = multiples.firstIndex { added.term.precedes($0.term) } ?? multiples.endIndex
                multiples.insert(added, at: place)
                continue
            }
            let factor = multiples[index].factor + added.factor
            if factor == 0 {
                multiples.remove(at: index)
            } else {
                multiples[index] = Multiple(factor: factor, term: added.term)
            }
        }
        return Self(constant: left.constant + right.constant, multiples: multiples)
    }

    /// The difference.
    public static func - (left: AngleExpression, right: AngleExpression) -> AngleExpression { left + -right }

    /// The negative.
    public static prefix func - (expression: AngleExpression) -> AngleExpression { -1 * expression }

    /// A multiple.
    public static func * (factor: Double, expression: AngleExpression) -> AngleExpression {
        if factor == 0 { return .constant(0) }
        return Self(
            constant: factor * expression.constant,
            multiples: expression.multiples.map { Multiple(factor: factor * $0.factor, term: $0.term) }
        )
    }

    /// The product.
    public static func * (left: AngleExpression, right: AngleExpression) -> AngleExpression {
        if let factor = left.value { return factor * right }
        if let factor = right.value { return factor * left }
        let (leftFactor, leftRest) = left.split
        let (rightFactor, rightRest) = right.split
        return (leftFactor * rightFactor) * Self(.product(leftRest, rightRest))
    }

    /// The quotient.
    public static func / (dividend: AngleExpression, divisor: AngleExpression) -> AngleExpression {
        guard let divisorValue = divisor.value else { return Self(.quotient(dividend, divisor)) }
        return Self(
            constant: dividend.constant / divisorValue,
            multiples: dividend.multiples.map { Multiple(factor: $0.factor / divisorValue, term: $0.term) })
    }
}

extension AngleExpression.Term {
    fileprivate var size: Int {
        switch self {
        case .input: 1
        case .function(_, let argument): 1 + argument.size
        case .product(let left, let right), .quotient(let left, let right), .power(let left, let right):
            1 + left.size + right.size
        }
    }

    /// Whether the term stands before `other` in a sum: inputs by index, then all other terms as they come.
    fileprivate func precedes(_ other: Self) -> Bool {
        switch (self, other) {
        case (.input(let index), .input(let otherIndex)): index < otherIndex
        case (.input, _): true
        case (_, _): false
        }
    }
}
