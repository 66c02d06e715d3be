import LinearAlgebra
import Randomness

extension Dataset {
    /// The numbers of tasks that `digitsFamily` makes.
    public static let digitsFamilyTaskCounts = 1...65_536

    /// Binary tasks over the handwritten digits, as many as asked for, all scored by balanced accuracy.
    ///
    /// The first 126 are the ways to divide the ten digits into five and five, the next 385 the uneven ways, most
    /// even first. Task number 511 on are synthetic, `functional-K`: the label says whether a linear functional of the
    /// standardised pixels is above its median. Each functional has random weights that correlate by
    /// `functionalRelatedness` with those of any other. A family is the beginning of every longer one.
    /// - Parameters:
    ///   - taskCount: The number of tasks, `T`.
    ///   - seed: Decides the synthetic tasks, and nothing else.
    /// - Throws: `DatasetError.invalidTaskCount` outside `digitsFamilyTaskCounts`.
    public static func digitsFamily(taskCount: Int, seed: UInt64 = 0) throws(DatasetError) -> Dataset {
        guard digitsFamilyTaskCounts.contains(taskCount) else {
            throw .invalidTaskCount(taskCount, allowed: digitsFamilyTaskCounts)
        }
        let images = DigitImages()
        let groups = DigitGroup.all.prefix(taskCount)
        let functionals = taskCount - groups.count
        var names = groups.map(\.name)
        names += (0..<functionals).map { "functional-\(DigitGroup.all.count + $0)" }

        let synthetic = Functionals(count: functionals, seed: seed).labels(of: images.pixels)
        var labels = Matrix(rows: images.pixels.rows, columns: taskCount)
        labels.elements.withUnsafeMutableBufferPointer { labels in
            synthetic.elements.withUnsafeBufferPointer { synthetic in
                for (row, digit) in images.digits.enumerated() {
                    for (task, group) in groups.enumerated() where group.contains(digit) {
                        labels[row * taskCount + task] = 1
                    }
                    for task in 0..<functionals {
                        labels[row * taskCount + groups.count + task] = synthetic[row * functionals + task]
                    }
                }
            }
        }
        return Dataset(
            name: "digits-family",
            tasks: names.map { LearningTask(name: $0, kind: .binary, metric: .balancedAccuracy) },
            sources: [DataSource(features: images.pixels, labels: labels, splits: images.splits())],
            standardizes: false)
    }

    /// The correlation between the weights of any two synthetic tasks of `digitsFamily`.
    public static let functionalRelatedness: Float = 0.5
}

/// Random linear functionals of the features: a common part, and one of each functional's own.
private struct Functionals {
    let count: Int
    let seed: UInt64

    /// Whether each functional of each sample is above the functional's median, `[samples x count]`.
    func labels(of features: Matrix) -> Matrix {
        let standardizer = Standardizer(fitting: features, samples: 0..<features.rows)
        let scores = Matrix.product(
            standardizer.apply(to: features), .plain, weights(features.columns), .transposed)
        let medians = (0..<count).map { scores.column($0).sorted()[scores.rows / 2] }
        var labels = scores
        labels.elements.withUnsafeMutableBufferPointer { labels in
            for row in 0..<scores.rows {
                for column in 0..<count {
                    labels[row * count + column] = labels[row * count + column] > medians[column] ? 1 : 0
                }
            }
        }
        return labels
    }

    /// The weights of every functional, `[count x features]`, each of variance 1.
    private func weights(_ featureCount: Int) -> Matrix {
        let common = part(0, featureCount)
        let share = Dataset.functionalRelatedness
        return Matrix(
            rows: count, columns: featureCount,
            elements: (0..<count).flatMap { functional in
                zip(common, part(functional + 1, featureCount)).map {
                    share.squareRoot() * $0 + (1 - share).squareRoot() * $1
                }
            })
    }

    private func part(_ index: Int, _ featureCount: Int) -> [Float] {
        var generator = Philox(seed: seed, purpose: .data, index: UInt32(index))
        let bound = Float(3).squareRoot()  // a uniform number of variance 1
        return (0..<featureCount).map { _ in generator.uniform(in: -bound..<bound) }
    }
}
