import Optimization
import Testing

@Suite struct ScheduleTests {
    static let tolerance = 1e-12

    @Test func constantStays() {
        #expect((0..<10).allSatisfy { LearningRateSchedule.constant.factor(step: $0, of: 10) == 1 })
    }

    /// 20 of 100 steps rise by 1/20 each; the cosine then starts at 1, is at 1/2 half-way (step 60) and ends near 0.
    @Test func cosineRisesThenFalls() {
        let schedule = LearningRateSchedule.cosine(warmUp: 0.2)
        #expect(abs(schedule.factor(step: 0, of: 100) - 0.05) < Self.tolerance)
        #expect(abs(schedule.factor(step: 19, of: 100) - 1) < Self.tolerance)
        #expect(abs(schedule.factor(step: 20, of: 100) - 1) < Self.tolerance)
        #expect(abs(schedule.factor(step: 60, of: 100) - 0.5) < Self.tolerance)
        #expect(schedule.factor(step: 99, of: 100) < 0.001)
        #expect(schedule.factor(step: 99, of: 100) > 0)
    }

    @Test func cosineWithoutWarmUpStartsFull() {
        #expect(LearningRateSchedule.cosine(warmUp: 0).factor(step: 0, of: 50) == 1)
    }

    /// Thirds of 30 steps: 1 up to step 9, 0.1 from step 10, 0.01 from step 20.
    @Test func stepsFallAtTheirShare() {
        let schedule = LearningRateSchedule.step(share: 1.0 / 3, factor: 0.1)
        let factors = [0, 9, 10, 19, 20, 29].map { schedule.factor(step: $0, of: 30) }
        for (factor, expected) in zip(factors, [1, 1, 0.1, 0.1, 0.01, 0.01]) {
            #expect(abs(factor - expected) < Self.tolerance)
        }
    }

    /// A 3-4-5 triangle over two arrays.
    @Test func gradientsAreClippedTogether() {
        let norm = GradientClipping.norm([[3, 0], [0, -4]])
        #expect(norm == 5)
        #expect(GradientClipping.factor(norm: norm, limit: 1) == 0.2)
        #expect(GradientClipping.factor(norm: norm, limit: 5) == 1)
        #expect(GradientClipping.factor(norm: 0, limit: 1) == 1)
    }
}
