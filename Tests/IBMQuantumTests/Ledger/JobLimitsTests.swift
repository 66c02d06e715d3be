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

    /// Of the service's units qubit 1 has 50 at the start, 1 for rz, 2 for sx, 5 for cz and 10 for its measurement.
    @Test func controlInstructionsAreCountedPerQubit() throws {
        let circuit = """
            OPENQASM 3.0;
            include "stdgates.inc";
            input float[64] p0;
            bit[1] c;
            gate rzz(p) a, b { cx a, b; rz(p) b; cx a, b; }
            rz(p0) $1;
            sx $1;
            x $0;
            barrier $0, $1;
            cz $0, $1;
            c[0] = measure $1;
            """
        let bloc = SamplerBloc(circuit: circuit, values: (0..<7).map { [Double($0)] }, shots: 1)
        var limits = JobLimits()
        func rows() throws -> [Int] { try limits.split([bloc]).map { $0[0].bloc.values.count } }
        limits.controlInstructions = 3 * 68
        #expect(try rows() == [3, 3, 1])
        limits.controlInstructions = 68
        #expect(try rows().count == 7)
        limits.controlInstructions = 67
        #expect(
            throws: IBMError.tooLarge(
                what: "the number of control instructions on one qubit", size: 68, limit: 67)
        ) { try rows() }
    }

    /// An estimator's job is not split; extrapolation lengthens its circuits.
    @Test func estimatorsAreHeldToOneJob() throws {
        let bloc = EstimatorBloc(
            circuit: "rz(p0) $0;", observables: [["Z": 1]], values: [[0], [1]])
        func check(executions: Int = 1, bytes: Int = 1, factor: Double = 1) throws {
            var limits = JobLimits()
            limits.controlInstructions = 400
            try limits.check([bloc], parameters: bytes, executions: executions, noiseFactor: factor)
        }
        try check(executions: 5_000_000, bytes: 60_000_000, factor: 3)
        #expect(throws: IBMError.self) { try check(executions: 5_000_001) }
        #expect(throws: IBMError.self) { try check(bytes: 60_000_001) }
        #expect(throws: IBMError.self) { try check(factor: 4) }
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
