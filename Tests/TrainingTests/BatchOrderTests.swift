import Datasets
import Testing
import Training

@Suite struct BatchOrderTests {
    @Test func everyTrainingSampleComesOnce() {
        let dataset = SmallData.mixed(count: 100)
        let order = BatchOrder(dataset, batchSize: 16, seed: 4)
        let batches = order.batches(epoch: 1)
        #expect(batches.count == order.batchCount)
        #expect(batches.map(\.samples.count) == [16, 16, 16, 2])
        #expect(batches.flatMap(\.samples).sorted() == dataset.sources[0].samples(of: .train))
    }

    @Test func orderIsAFunctionOfSeedAndEpoch() {
        let dataset = SmallData.mixed(count: 100)
        let order = BatchOrder(dataset, batchSize: 16, seed: 4)
        #expect(order.batches(epoch: 3) == BatchOrder(dataset, batchSize: 16, seed: 4).batches(epoch: 3))
        #expect(order.batches(epoch: 3) != order.batches(epoch: 4))
        #expect(order.batches(epoch: 3) != BatchOrder(dataset, batchSize: 16, seed: 5).batches(epoch: 3))
    }

    /// 40 and 12 training samples: 5 and 2 minibatches of 8.
    @Test func proportionalSourcesKeepTheirShares() {
        let order = BatchOrder(SmallData.separate(), batchSize: 8, seed: 1)
        let batches = order.batches(epoch: 1)
        #expect(batches.count { $0.source == 0 } == 5)
        #expect(batches.count { $0.source == 1 } == 2)
        #expect(batches.map(\.source) != batches.map(\.source).sorted())
    }

    /// 7 minibatches on two sources: 4 and 3; the small source's 12 samples take 2 minibatches and begin anew.
    @Test func uniformSourcesComeEquallyOften() {
        let dataset = SmallData.separate(sampling: .uniform)
        let batches = BatchOrder(dataset, batchSize: 8, seed: 1).batches(epoch: 1)
        #expect(batches.count { $0.source == 0 } == 4)
        let small = batches.filter { $0.source == 1 }
        #expect(small.map(\.samples.count).sorted() == [4, 8, 8])
        #expect(Set(small.flatMap(\.samples)) == Set(dataset.sources[1].samples(of: .train)))
    }
}
