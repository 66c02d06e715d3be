import Testing

struct ParamsTests {
    @Test func countsAreRowsAndExponents() throws {
        let answer = try QMTLProgram.run(
            "params", "--preset", "paper", "--heads", "quantum,linear,sliced", "--tasks", "2,64,1024",
            "--json"
        ).object()
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(rows.count == 9)
        // Three angles in the encoding, three in the block, scale and bias.
        let quantum = try #require(rows[2]["parameters"] as? [String: Int])
        #expect(
            quantum == ["head": 8 * 1024, "interface": 65 * 3072, "total": 8 * 1024 + 65 * 3072, "dead": 0])
        #expect((rows[2]["circuit"] as? [String: Int])?["qubits"] == 1024)
        let exponents = try #require(answer["exponents"] as? [[String: Any]])
        #expect(exponents.compactMap { $0["head"] as? String } == ["quantum", "linear", "sliced"])
        #expect(exponents.allSatisfy { $0["exponent"] is Double })
    }

    @Test func textNamesTheGrowth() throws {
        let outcome = try QMTLProgram.run("params", "--tasks", "2,4")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("quantum:paper: head parameters grow as T^1.00"))
        #expect(outcome.output.contains("low-rank: head parameters grow as T^1.00"))
        #expect(outcome.output.contains("lora: C d + sum_t r (d + C_t)"))
    }

    @Test func sizesOfHeadsAreOptions() throws {
        let answer = try QMTLProgram.run(
            "params", "--heads", "low-rank,bottleneck,hypernetwork", "--rank", "1", "--width", "2",
            "--embedding",
            "3", "--tasks", "2", "--json"
        ).object()
        // Two binary tasks, d = 6: r (d + 2) + 2, k (d + 1) + 2 (k + 1), 2 e + (e + 1) (d + 1).
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(
            rows.map { ($0["parameters"] as? [String: Int])?["head"] } == [10, 2 * 7 + 2 * 3, 6 + 4 * 7])
        try QMTLProgram.run("params", "--heads", "cp", "--rank", "0", "--tasks", "2")
            .expectFailure(64, naming: "head.rank")
    }

    @Test func sizesThatMakeNoHeadAreUsageErrors() throws {
        try QMTLProgram.run("params", "--tasks", "0").expectFailure(64, naming: "tasks is 0")
        try QMTLProgram.run("params", "--tasks", "2,x").expectFailure(64, naming: "2,x")
        try QMTLProgram.run("params", "--heads", "cubic").expectFailure(64, naming: "cubic", "sliced")
        try QMTLProgram.run("params", "--preset", "deep", "--register", "9", "--tasks", "2")
            .expectFailure(64, naming: "9 qubits")
    }
}
