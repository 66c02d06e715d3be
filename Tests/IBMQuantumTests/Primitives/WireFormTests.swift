import Foundation
import IBMQuantum
import Testing

/// The forms of IBM's documentation, field by field.
@Suite struct WireFormTests {
    @Test func samplerRequest() throws {
        let blocs = [
            SamplerBloc(circuit: "OPENQASM 3.0; a", shots: 500),
            SamplerBloc(circuit: "OPENQASM 3.0; b", values: [[3.14, 1.57], [0.1, 0.2]], shots: 500),
        ]
        let options = SamplerOptions(
            dynamicalDecoupling: DynamicalDecoupling(
                sequenceType: .xpxm, extraSlackDistribution: .edges, schedulingMethod: .asap,
                skipResetQubits: false),
            twirling: Twirling(
                enableGates: false, enableMeasure: true, numRandomizations: .count(32),
                shotsPerRandomization: .auto, strategy: .activeAccum),
            execution: ExecutionOptions(initQubits: true, repDelay: 0.00025))
        let body = JobRequest(
            program: "sampler", device: "ibm_kingston",
            parameters: SamplerPrimitive(options: options).parameters(blocs), tags: ["a"],
            maximumSeconds: 300,
            session: "s1"
        ).body
        try expectEqual(
            body,
            """
            {"program_id":"sampler","backend":"ibm_kingston","tags":["a"],"cost":300,"session_id":"s1","params":{
              "version":2, "support_qiskit":false,
              "pubs":[["OPENQASM 3.0; a", null, 500], ["OPENQASM 3.0; b", [[3.14,1.57],[0.1,0.2]], 500]],
              "options":{
                "dynamical_decoupling":{"enable":true,"sequence_type":"XpXm","extra_slack_distribution":"edges",
                  "scheduling_method":"asap","skip_reset_qubits":false},
                "twirling":{"enable_gates":false,"enable_measure":true,"num_randomizations":32,
                  "shots_per_randomization":"auto","strategy":"active-accum"},
                "execution":{"init_qubits":true,"rep_delay":0.00025}}}}
            """)
    }

    @Test func whatIsNotSaidIsNotSent() throws {
        let body = JobRequest(
            program: "sampler", device: "ibm_fez",
            parameters: SamplerPrimitive().parameters([SamplerBloc(circuit: "q", shots: 1)]), tags: [],
            maximumSeconds: 1
        ).body
        try expectEqual(
            body,
            """
            {"program_id":"sampler","backend":"ibm_fez","tags":[],"cost":1,
             "params":{"version":2,"support_qiskit":false,"pubs":[["q",null,1]],"options":{}}}
            """)
    }

    /// The entry is of a real result, with a register of two sets, nested and in one list, and one beyond 64 bits.
    @Test func samplerResult() throws {
        let long = "0x1" + String(repeating: "0", count: 31) + "3"
        let result = """
            {"results":[
              {"data":{"c":{"samples":["0x3ff","0x2","0x0"],"num_bits":20}},"metadata":{"circuit_metadata":{}}},
              {"data":{"c":{"samples":[["0x1","0x2"],["0x3","0x0"]],"num_bits":2},
                       "d":{"samples":["0x1","0x0","0x0","\(long)"],"num_bits":129}},"metadata":{}}],
             "metadata":{"execution":{"execution_spans":[[{"date":"2025-09-02T05:30:55.420561"},
               {"date":"2025-09-02T05:30:56.388795"},{"0":[[100],[0,1],[0,100]]}]]},"version":2}}
            """
        let blocs = [
            SamplerBloc(circuit: "a", shots: 3), SamplerBloc(circuit: "b", values: [[0], [1]], shots: 2),
        ]
        let outcomes = try SamplerPrimitive().outcomes(Data(result.utf8), of: blocs)
        #expect(
            outcomes[0] == ["c": RegisterOutcomes(bitCount: 20, sets: 1, shots: 3, words: [0x3ff, 2, 0])])
        #expect(outcomes[1]["c"] == RegisterOutcomes(bitCount: 2, sets: 2, shots: 2, words: [1, 2, 3, 0]))
        #expect(
            outcomes[1]["d"]
                == RegisterOutcomes(
                    bitCount: 129, sets: 2, shots: 2, words: [1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1]))
    }

    @Test(arguments: [
        #"{"results":[]}"#, #"{"results":[{"data":{"c":{"samples":["0x1"],"num_bits":1}}}]}"#,
        #"{"results":[{"data":{"c":{"samples":["0x1","0x2"],"num_bits":1}}}]}"#,
        #"{"results":[{"data":{"c":{"samples":["0x1","1"],"num_bits":1}}}]}"#,
        #"{"results":[{"data":{"c":{"samples":["0x1","0xg"],"num_bits":1}}}]}"#,
        #"{"results":[{"data":{"c":{"samples":[["0x1"],["0x0"]],"num_bits":1}}}]}"#,
        #"{"results":[{"data":{"c":{"samples":["0x0","0x0"],"num_bits":0}}}]}"#, "{}", "",
    ])
    func foreignSamplerResults(_ text: String) {
        #expect(throws: IBMError.self) {
            try SamplerPrimitive().outcomes(Data(text.utf8), of: [SamplerBloc(circuit: "a", shots: 2)])
        }
    }

    @Test func estimatorRequest() throws {
        let blocs = [
            EstimatorBloc(circuit: "qasm", observables: [["IIZII": 1, "XIZZZ": 2.3]], precision: 0.01),
            EstimatorBloc(
                circuit: "qasm", observables: [["ZZI": 1], ["XXI": 1]], values: [[0.1], [0.2], [0.3]]),
            EstimatorBloc(circuit: "qasm", observables: [["Z": 1], ["X": -1]]),
        ]
        let options = EstimatorOptions(
            defaultPrecision: 0.015625,
            resilience: Resilience(
                measureMitigation: true, zneMitigation: true,
                zne: NoiseExtrapolation(
                    noiseFactors: [1, 3, 5], extrapolator: [.exponential, .polynomial2],
                    amplifier: .gateFolding)))
        try expectEqual(
            EstimatorPrimitive(options: options).parameters(blocs),
            """
            {"version":2,"support_qiskit":false,"resilience_level":1,"precision":0.015625,
             "pubs":[["qasm",{"IIZII":1,"XIZZZ":2.3},null,0.01],
                     ["qasm",[["ZZI"],["XXI"]],[[0.1],[0.2],[0.3]]],
                     ["qasm",["Z",{"X":-1}],null]],
             "options":{"default_precision":0.015625,"resilience":{"measure_mitigation":true,"zne_mitigation":true,
               "zne":{"noise_factors":[1,3,5],"extrapolator":["exponential","polynomial_degree_2"],
                      "amplifier":"gate_folding"}}}}
            """)
    }

    @Test func estimatorResult() throws {
        let result = """
            {"results":[{"data":{"evs":1.1142,"stds":0.0121,"ensemble_standard_error":0.0121},
               "metadata":{"shots":4096,"target_precision":0.015625,"circuit_metadata":{},"resilience":{},"num_randomizations":32}},
              {"data":{"evs":[[1,2,3],[4,5,6]],"stds":[[0.1,0.2,0.3],[0.4,0.5,0.6]]},"metadata":{}}],
             "metadata":{"dynamical_decoupling":{"enable":false},"version":2}}
            """
        let blocs = [
            EstimatorBloc(circuit: "a", observables: [["Z": 1]]),
            EstimatorBloc(circuit: "b", observables: [["Z": 1], ["X": 1]], values: [[0.1], [0.2], [0.3]]),
        ]
        let estimates = try EstimatorPrimitive().estimates(Data(result.utf8), of: blocs)
        #expect(estimates[0] == Estimates(values: [[1.1142]], standardErrors: [[0.0121]]))
        #expect(
            estimates[1]
                == Estimates(
                    values: [[1, 2, 3], [4, 5, 6]], standardErrors: [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]))
        #expect(throws: IBMError.self) {
            try EstimatorPrimitive().estimates(Data(result.utf8), of: blocs.reversed())
        }
    }

    /// One observable at two inputs; three multiples of the noise, and two curves at four points each.
    @Test func extrapolatedEstimatorResult() throws {
        let result = """
            {"results":[{"data":{"evs":[[0.9,0.8]],"stds":[[0.1,0.2]],
              "evs_noise_factors":[[[0.7,0.5,0.3],[0.6,0.4,0.2]]],"stds_noise_factors":[[[0.01,0.02,0.03],[0.04,0.05,0.06]]],
              "ensemble_stds_noise_factors":[[[0.01,0.02,0.03],[0.04,0.05,0.06]]],
              "evs_extrapolated":[[[[1,2,3,4],[5,6,7,8]],[[9,10,11,12],[13,14,15,16]]]],
              "stds_extrapolated":[[[[0,0,0,0],[0,0,0,0]],[[0,0,0,0],[0,0,0,1]]]]},"metadata":{}}]}
            """
        let blocs = [EstimatorBloc(circuit: "a", observables: [["Z": 1]], values: [[0.1], [0.2]])]
        let found = try EstimatorPrimitive().estimates(Data(result.utf8), of: blocs)[0]
        #expect(found.values == [[0.9, 0.8]])
        #expect(
            found.noiseFactors
                == Estimates.Points(
                    values: [[[0.7, 0.5, 0.3], [0.6, 0.4, 0.2]]],
                    standardErrors: [[[0.01, 0.02, 0.03], [0.04, 0.05, 0.06]]]))
        #expect(
            found.extrapolated?.values == [[[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11, 12, 13, 14, 15, 16]]])
        #expect(found.extrapolated?.standardErrors[0][1].last == 1)
        let damaged = result.replacing("[0.6,0.4,0.2]", with: "[0.6,0.4]")
        #expect(throws: IBMError.self) {
            try EstimatorPrimitive().estimates(Data(damaged.utf8), of: blocs)
        }
    }

    /// The tensor is that of Python's `base64.b64encode(zlib.compress(struct.pack("<2d", 0.5, -1)))`, taken apart again
    /// below, since zlib's output differs between versions.
    @Test func executorRequest() throws {
        let parameters = ExecutorProgram().parameters([
            SamplerBloc(circuit: "OPENQASM 3.0;", values: [[0.5], [-1]], shots: 1000)
        ])
        var object = try #require(JSONSerialization.jsonObject(with: parameters) as? [String: Any])
        var program = try #require(object["quantum_program"] as? [String: Any])
        var items = try #require(program["items"] as? [[String: Any]])
        var tensor = try #require(items[0]["circuit_arguments"] as? [String: Any])
        #expect((tensor["data"] as? String)?.hasPrefix("eJ") == true)
        tensor["data"] = "<b64>"
        items[0]["circuit_arguments"] = tensor
        program["items"] = items
        object["quantum_program"] = program
        try expectEqual(
            JSONSerialization.data(withJSONObject: object),
            """
            {"schema_version":"v2.0","options":{"init_qubits":true,"rep_delay":null},
             "quantum_program":{"shots":1000,"circuits":{"data":["OPENQASM 3.0;"]},
               "items":[{"item_type":"circuit","circuit_arguments":{"data":"<b64>","shape":[2,1],"dtype":"f64"},
                 "shape":[2],"chunk_size":"auto"}],"meas_level":"classified","passthrough_data":null}}
            """)
    }

    /// Data from Python: `base64.b64encode(zlib.compress(numpy.packbits(bits, axis=None, bitorder="little").tobytes()))`
    /// of bits `[[[1,0,0],[0,1,1]],[[1,1,1],[0,0,0]]]`, `[sets x shots x bits]`: bytes f1 01.
    @Test func executorResult() throws {
        let result = """
            {"schema_version":"v2.0","data":[{"results":{"c":{"data":"eJz7yAgAAeUA8w==","shape":[2,2,3],"dtype":"bool"}},"metadata":{}}],
             "metadata":{"chunk_timing":[]},"passthrough_data":null,"semantic_role":null}
            """
        let blocs = [SamplerBloc(circuit: "a", values: [[0], [1]], shots: 2)]
        let outcomes = try ExecutorProgram().outcomes(Data(result.utf8), of: blocs)
        #expect(outcomes == [["c": RegisterOutcomes(bitCount: 3, sets: 2, shots: 2, words: [1, 6, 7, 0])]])
        for damaged in [("eJz7yAgAAeUA8w", "eJz7yAgAAeUA9w"), ("[2,2,3]", "[2,3,3]"), ("bool", "f64")] {
            let text = result.replacing(damaged.0, with: damaged.1)
            #expect(throws: IBMError.self) { try ExecutorProgram().outcomes(Data(text.utf8), of: blocs) }
        }
    }

    private func expectEqual(
        _ data: Data, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try JSONSerialization.jsonObject(with: data) as? NSDictionary
        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
        #expect(
            expected != nil && found == expected, "\(String(decoding: data, as: UTF8.self))",
            sourceLocation: sourceLocation)
    }
}
