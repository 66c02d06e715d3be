import Foundation

/// An axis: from values to pixels, with its ticks.
package struct AxisScale {
    /// How values are spread over the axis.
    package enum Kind {
        case linear
        case logarithmic
    }

    /// A labelled position on an axis.
    package struct Tick: Equatable {
        package let value: Double
        package let label: String
    }

    let kind: Kind
    /// The values at the axis' ends.
    package let domain: ClosedRange<Double>
    /// The pixels at the axis' ends, in the same order; from large to small for an axis that points up.
    let pixelStart: Double
    let pixelEnd: Double

    /// An axis over `values` with some room at both ends.
    package init(
        _ kind: Kind, over values: [Double],
        from pixelStart: Double, to pixelEnd: Double
    ) {
        self.init(
            kind,
            domain: Self.padded(kind, values.filter { $0.isFinite && (kind == .linear || $0 > 0) }),
            from: pixelStart, to: pixelEnd)
    }

    /// An axis over exactly `domain`.
    package init(_ kind: Kind, domain: ClosedRange<Double>, from pixelStart: Double, to pixelEnd: Double) {
        self.kind = kind
        self.domain = domain
        self.pixelStart = pixelStart
        self.pixelEnd = pixelEnd
    }

    /// The pixel of `value`; values outside the domain lie on its border.
    package func position(_ value: Double) -> Double {
        let share =
            (forward(value) - forward(domain.lowerBound))
            / (forward(domain.upperBound) - forward(domain.lowerBound))
        return pixelStart + min(max(share, 0), 1) * (pixelEnd - pixelStart)
    }

    /// Round values inside the domain, about `count` of them.
    package func ticks(about count: Int = 5) -> [Tick] {
        switch kind {
        case .linear: linearTicks(count)
        case .logarithmic: logarithmicTicks(count)
        }
    }

    private func forward(_ value: Double) -> Double {
        switch kind {
        case .linear: value
        case .logarithmic: log10(max(value, .leastNormalMagnitude))
        }
    }

    private static func padded(_ kind: Kind, _ values: [Double]) -> ClosedRange<Double> {
        guard let low = values.min(), let high = values.max() else { return kind == .linear ? 0...1 : 1...10 }
        switch kind {
        case .linear:
            let room = high > low ? 0.06 * (high - low) : max(abs(high) * 0.05, 0.01)
            return low - room...high + room
        case .logarithmic:
            let room = high > low ? pow(high / low, 0.08) : 1.6
            return low / room...high * room
        }
    }

    private func linearTicks(_ count: Int) -> [Tick] {
        let span = domain.upperBound - domain.lowerBound
        let rough = span / Double(max(count, 1))
        let magnitude = pow(10, floor(log10(rough)))
        let step = ([1, 2, 2.5, 5, 10].first { $0 * magnitude >= rough * 0.999 } ?? 10) * magnitude
        let decimals = max(0, -Int(floor(log10(step) + 1e-9)) + (abs(step / magnitude - 2.5) < 1e-9 ? 1 : 0))
        let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
        guard first <= last else { return [] }
        return (first...last).map { index in
            let value = Double(index) * step
            return Tick(
                value: value, label: abs(value) >= 1e4 ? Self.short(value) : NumberText.fixed(value, decimals)
            )
        }
    }

    private func logarithmicTicks(_ count: Int) -> [Tick] {
        let (low, high) = (log10(domain.lowerBound), log10(domain.upperBound))
        let decades = high - low
        let mantissas: [Double] = decades < 1 ? [1, 2, 3, 5, 7] : decades < 2.5 ? [1, 2, 5] : [1]
        let stride = max(1, Int((decades / Double(count)).rounded(.down)))
        var ticks: [Tick] = []
        for exponent in Int(low.rounded(.down))...Int(high.rounded(.up)) where exponent.isMultiple(of: stride)
        {
            for mantissa in mantissas {
                let value = mantissa * pow(10, Double(exponent))
                if domain.contains(value) { ticks.append(Tick(value: value, label: Self.short(value))) }
            }
        }
        // A short stretch of a decade may hold no round mantissa; evenly spaced values then do.
        return ticks.count < 3 ? linearTicks(count - 1) : ticks
    }

    /// A tick's label in few letters: `0.001`, `50`, `2k`, `1M`.
    private static func short(_ value: Double) -> String {
        for (unit, name) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where abs(value) >= unit {
            return NumberText.significant(value / unit, 4) + name
        }
        return NumberText.significant(value, 4)
    }
}
