import Circuits
import Numerics

/// A unitary of one qubit, by its entries.
struct QubitUnitary {
    typealias Entry = Complex<Double>

    var a: Entry
    var b: Entry
    var c: Entry
    var d: Entry

    static let identity = QubitUnitary(a: .one, b: .zero, c: .zero, d: .one)

    /// Gates one after the other; `angle` gives the value of a rotation's angle in radians.
    init(_ gates: [Gate], angle: (Angle) -> Double) {
        self = .identity
        for gate in gates { self = QubitUnitary(gate, angle: angle).following(self) }
    }

    private init(a: Entry, b: Entry, c: Entry, d: Entry) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
    }

    private init(_ gate: Gate, angle: (Angle) -> Double) {
        switch gate {
        case .hadamard:
            let root = Entry(0.5.squareRoot())
            self.init(a: root, b: root, c: root, d: -root)
        case .pauli(.x, _): self.init(a: .zero, b: .one, c: .one, d: .zero)
        case .pauli(.y, _): self.init(a: .zero, b: -.i, c: .i, d: .zero)
        case .pauli(.z, _): self.init(a: .one, b: .zero, c: .zero, d: -.one)
        case .rotation(let axis, _, let symbol):
            let half = angle(symbol) / 2
            let (c, s) = (Double.cos(half), Double.sin(half))
            switch axis {
            case .x: self.init(a: Entry(c), b: Entry(0, -s), c: Entry(0, -s), d: Entry(c))
            case .y: self.init(a: Entry(c), b: Entry(-s), c: Entry(s), d: Entry(c))
            case .z: self.init(a: Entry(c, -s), b: .zero, c: .zero, d: Entry(c, s))
            }
        case .controlledZ, .controlledX: preconditionFailure("a gate of one qubit")
        }
    }

    /// The unitary of `first`, then this one.
    private func following(_ first: QubitUnitary) -> QubitUnitary {
        QubitUnitary(
            a: a * first.a + b * first.c, b: a * first.b + b * first.d, c: c * first.a + d * first.c,
            d: c * first.b + d * first.d)
    }

    /// Angles `(phi, theta, lambda)` with `U = RZ(phi) RY(theta) RZ(lambda)` up to a global phase, theta in `0...pi`.
    ///
    /// Up to that phase `a = cos`, `-b = exp(i lambda) sin`, `c = exp(i phi) sin` and `d = exp(i (phi + lambda)) cos`.
    /// Sum and difference of phi and lambda are taken from the larger of cosine and sine, which knows them precisely.
    var eulerAngles: (phi: Double, theta: Double, lambda: Double) {
        let theta = 2 * Double.atan2(y: c.length, x: a.length)
        func phase(_ product: Entry) -> Double { product.isZero ? 0 : product.phase }
        if a.length >= c.length {
            let phi = phase(c * a.conjugate)
            return (phi, theta, phase(d * a.conjugate) - phi)
        }
        let lambda = phase(-b * a.conjugate)
        return (phase(c * (-b).conjugate) + lambda, theta, lambda)
    }

    /// Entries below this are rounding errors.
    static let negligible = 1e-11
}
