import Experiments
import Testing

struct MultiTaskGainTests {
    /// By hand: 0.9 after 0.75 is a fifth more, 0.4 after 0.5 a fifth less, an error of 1.5 after 2 a quarter less.
    @Test func changesAreRelativeToTheTaskAlone() throws {
        let gain = MultiTaskGain(
            together: [[0.9, 0.4, 1.5]], alone: [[0.75, 0.5, 2]], metrics: [.accuracy, .matthews, .rmse])
        for (change, expected) in zip(gain.changes, [0.2, -0.2, 0.25]) {
            #expect(abs(try #require(change)[0] - expected) < 1e-12)
        }
        #expect(abs(try #require(gain.runs)[0] - 0.25 / 3) < 1e-12)
    }

    /// By hand: alone 0.25 and 0.75 are 0.5 on average, so a run that is 0.25 better is better by a half, whatever its own
    /// score alone.
    @Test func changesOfAllRunsAreRelativeToOneMean() throws {
        let gain = MultiTaskGain(
            together: [[0.5], [1], [0.25]], alone: [[0.25], [0.75], [0.5]], metrics: [.f1])
        #expect(gain.changes == [[0.5, 0.5, -0.5]])
        #expect(gain.runs == [0.5, 0.5, -0.5])
    }

    @Test func aNegativeScoreThatRisesIsAGain() throws {
        let gain = MultiTaskGain(
            together: [[0.1, -0.3]], alone: [[-0.2, -0.2]], metrics: [.pearson, .pearson])
        #expect(abs(try #require(gain.changes[0])[0] - 1.5) < 1e-12)
        #expect(abs(try #require(gain.changes[1])[0] + 0.5) < 1e-12)
    }

    @Test func aTaskThatScoresNothingAloneHasNoChange() {
        let some = MultiTaskGain(together: [[0.5, 0.5]], alone: [[0, 0.25]], metrics: [.matthews, .f1])
        #expect(some.changes == [nil, [1]])
        #expect(some.runs == [1])
        #expect(MultiTaskGain(together: [[0.5]], alone: [[0]], metrics: [.matthews]).runs == nil)
        #expect(MultiTaskGain(together: [], alone: [], metrics: []).runs == nil)
    }
}
