/// How tasks are weighed against each other, by name.
public enum BalancingMethod: String, Sendable, CaseIterable, Codable {
    case equal
    case uncertainty
    case dynamicWeightAverage = "dynamic-weight-average"
    case random
    case stch
    case famo
    case geometricMean = "geometric-mean"
    case pcgrad
    case mgda
    case cagrad
    case nashMTL = "nash-mtl"
    case imtlG = "imtl-g"
    case gradVac = "gradvac"
    case alignedMTL = "aligned-mtl"
    case upgrad

    /// What a method looks at.
    public enum Rule: Sendable {
        /// Losses: weights scale what every parameter of a task sees.
        case losses(any LossWeighting)
        /// Gradients of what tasks share, which alone are weighed; a task's own parameters follow its own loss.
        case gradients(any GradientAggregator)
    }

    /// The rule, with the constants of its paper.
    public var rule: Rule {
        switch self {
        case .equal: .losses(EqualWeighting())
        case .uncertainty: .losses(UncertaintyWeighting())
        case .dynamicWeightAverage: .losses(DynamicWeightAverage())
        case .random: .losses(RandomWeighting())
        case .stch: .losses(SmoothTchebycheff())
        case .famo: .losses(FAMO())
        case .geometricMean: .losses(GeometricMean())
        case .pcgrad: .gradients(PCGrad())
        case .mgda: .gradients(MGDA())
        case .cagrad: .gradients(CAGrad())
        case .nashMTL: .gradients(NashMTL())
        case .imtlG: .gradients(IMTLG())
        case .gradVac: .gradients(GradVac())
        case .alignedMTL: .gradients(AlignedMTL())
        case .upgrad: .gradients(UPGrad())
        }
    }

    /// What the method remembers before the first step.
    public func initialMemory(taskCount: Int) -> [Float] {
        switch rule {
        case .losses(let rule): rule.initialMemory(taskCount: taskCount)
        case .gradients(let rule): rule.initialMemory(taskCount: taskCount)
        }
    }
}
