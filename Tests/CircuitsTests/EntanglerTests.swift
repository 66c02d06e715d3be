import Circuits
import Testing

struct EntanglerTests {
    @Test(arguments: [
        (Entangler.Pattern.brickwork, [[0, 1], [2, 3], [1, 2], [3, 4]]),
        (.linear, [[0, 1], [1, 2], [2, 3], [3, 4]]),
        (.ring, [[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]),
        (.full, [[0, 1], [0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]]),
        (.none, []),
    ])
    func meetsThesePairsOfFiveQubits(pattern: Entangler.Pattern, pairs: [[Int]]) {
        #expect(Entangler(pattern).pairs(count: 5).map { [$0, $1] } == pairs)
    }

    @Test(arguments: Entangler.Pattern.allCases)
    func aPairMeetsOnceAndASingleQubitNever(pattern: Entangler.Pattern) {
        #expect(Entangler(pattern).pairs(count: 2).map { [$0, $1] } == (pattern == .none ? [] : [[0, 1]]))
        #expect(Entangler(pattern).pairs(count: 1).isEmpty)
        #expect(Entangler(pattern).pairs(count: 0).isEmpty)
    }

    @Test func theFirstOfAPairControls() {
        #expect(Entangler(.linear, .controlledX).gates(count: 2) == [.controlledX(control: 0, target: 1)])
        #expect(Entangler(.linear, .controlledZ).gates(count: 2) == [.controlledZ(0, 1)])
    }
}
