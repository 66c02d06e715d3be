import Circuits
import Testing

struct ObservablesTests {
    // The table of readouts: one output reads Z0, three classes Z0, Z1, X0X1, more classes the first C of Z_i,
    // then Z_i Z_(i+1), then X_i X_(i+1).
    @Test(arguments: [
        (1, 1, ["Z0"]), (1, 4, ["Z0"]), (2, 2, ["Z0", "Z1"]),
        (3, 2, ["Z0", "Z1", "X0*X1"]), (3, 4, ["Z0", "Z1", "Z2"]),
        (4, 4, ["Z0", "Z1", "Z2", "Z3"]), (5, 4, ["Z0", "Z1", "Z2", "Z3", "Z0*Z1"]),
        (10, 4, ["Z0", "Z1", "Z2", "Z3", "Z0*Z1", "Z1*Z2", "Z2*Z3", "X0*X1", "X1*X2", "X2*X3"]),
    ])
    func readsTheFirstOfTheTable(outputs: Int, register: Int, expected: [String]) {
        let list = Observables.expectations.list(outputCount: outputs, registerSize: register)
        #expect(list.map(\.description) == expected)
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 2), (4, 4), (8, 4), (10, 4), (11, 5), (13, 5), (14, 6), (100, 34)])
    func registersAreTheSmallestOfTheTable(outputs: Int, register: Int) {
        #expect(Observables.registerSize(outputCount: outputs) == register)
    }

    @Test(arguments: 1...40)
    func registersHaveAnObservablePerOutput(outputs: Int) {
        let register = Observables.registerSize(outputCount: outputs)
        let list = Observables.expectations.list(outputCount: outputs, registerSize: register)
        #expect(list.count == outputs)
        #expect(Set(list).count == outputs)
        #expect(list.flatMap(\.factors).allSatisfy { $0.qubit < register })
    }

    @Test func probabilitiesNeedEveryProductOfZ() {
        let list = Observables.probabilities.list(outputCount: 3, registerSize: 2)
        #expect(list.map(\.description) == ["Z0", "Z1", "Z0*Z1"])
        #expect(Observables.probabilities.list(outputCount: 1, registerSize: 1) == [.z(0)])
    }
}

struct PauliStringTests {
    @Test(arguments: ["Z0", "X2*X3", "X0*Y1*Z12"])
    func readsWhatItWrites(text: String) throws {
        #expect(try #require(PauliString(text)).description == text)
    }

    @Test func factorsAreOrderedByQubit() {
        #expect(PauliString("Z3*X0")?.description == "X0*Z3")
    }

    @Test(arguments: ["", "Z", "W0", "Z-1", "Z0*", "Z0*X0", "z0", "Z0 X1", "Z0**X1"])
    func refusesOtherForms(text: String) {
        #expect(PauliString(text) == nil)
    }
}
