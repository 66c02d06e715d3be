import IBMQuantum
import Testing

@Suite struct JobLimitsTests {
    private let blocs = [
        SamplerBloc(circuit: "a", values: (0..<7).map { [Double($0)] }, shots: 3),
        SamplerBloc(circuit: "b", shots: 5),
        SamplerBloc(circuit: "c", values: (0..<2).map { [Double($0)] }, shots: 3),
    ]

    @Test(arguments: [5, 6, 9, 11, 1000], [65, 100, 1000])
    func jobsHoldEverythingOnce(_ executions: Int, _ bytes: Int) throws {
        var limits = JobLimits()
        limits.executions = executions
        limits.bytes = bytes
        let jobs = try limits.split(blocs)
        for job in jobs {
            #expect(!job.isEmpty && Set(job.map(\.bloc.shots)).count == 1)
            #expect(job.reduce(0) { $0 + $1.bloc.executions } <= executions)
        }
        for (index, bloc) in blocs.enumerated() {
            let pieces = jobs.joined().filter { $0.index == index }
            #expect(pieces.flatMap(\.bloc.values) == bloc.values)
            #expect(pieces.allSatisfy { $0.bloc.circuit == bloc.circuit && $0.bloc.shots == bloc.shots })
        }
    }

    @Test func whatFitsIsOneJob() throws {
        #expect(try JobLimits().split([blocs[0], blocs[2]]).count == 1)
    }

    @Test func whatFitsNoJobIsRefused() {
        var limits = JobLimits()
        #expect(throws: IBMError.tooLarge(what: "the number of shots", size: 100_001, limit: 100_000)) {
            try limits.split([SamplerBloc(circuit: "a", shots: 100_001)])
        }
        limits.bytes = 20
        #expect(throws: IBMError.self) { try limits.split([SamplerBloc(circuit: "long circuit", shots: 1)]) }
    }
}
