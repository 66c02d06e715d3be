/// The shares of samples that go into the training, validation and test splits.
public struct SplitFractions: Equatable, Sendable {
    /// The share of the samples to fit on.
    public let train: Double
    /// The share of the samples to choose models on.
    public let validation: Double
    /// The share of the samples to report on.
    public let test: Double

    /// 70 %, 15 % and 15 %.
    public static let standard = SplitFractions(unchecked: [0.7, 0.15, 0.15])

    /// The shares for training, validation and test, in that order.
    /// - Throws: `DatasetError.invalidFractions` unless they are three positive numbers that add up to 1.
    public init(_ shares: [Double]) throws(DatasetError) {
        let tolerance = 1e-6  // of shares written with a few decimals, as 0.333333
        guard shares.count == 3, shares.allSatisfy({ $0 > 0 }), abs(shares.reduce(0, +) - 1) < tolerance
        else {
            throw .invalidFractions(shares)
        }
        self.init(unchecked: shares)
    }

    private init(unchecked shares: [Double]) {
        (train, validation, test) = (shares[0], shares[1], shares[2])
    }

    /// The share of one split.
    public subscript(split: Split) -> Double {
        switch split {
        case .train: train
        case .validation: validation
        case .test: test
        }
    }
}
