import Circuits

extension AngleExpression {
    /// An angle without trainable ones, whose features are expressions.
    init(_ angle: Angle, feature: (Int) -> AngleExpression) {
        precondition(angle.parameters.isEmpty, "trainable angles are fixed before")
        self = angle.features.reduce(.constant(angle.factor)) { $0 * feature($1) }
    }
}
