import Foundation
import OpenQASM
import Randomness
import Testing

/// Whatever the text: a program or an error, and soon.
struct HostileTextTests {
    @Test(arguments: try ProgramFiles.all())
    func changedPrograms(file: ProgramFiles.File) throws {
        let seed = try String(contentsOf: file.url, encoding: .utf8)
        for index in 0..<30 {
            var generator = Philox(seed: 11, purpose: .data, index: UInt32(index))
            var bytes = Array(seed.utf8.prefix(2000))
            for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 32...126, using: &generator)
                case 2: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
                default: bytes.removeSubrange(place..<min(place + 30, bytes.count))
                }
            }
            _ = try? OpenQASMProgram(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func noise() {
        var generator = Philox(seed: 12, purpose: .data)
        let words = [
            "qubit", "q", "[", "]", "(", ")", "{", "}", ";", ",", "@", "ctrl", "gate", "for", "in", "int",
            ":", "2", "-",
            "**", "pi", "let", "=", "++", "measure", "\"", "$1", "input", "float", "U", "inv", "pow", "const",
            "include",
        ]
        for _ in 0..<500 {
            let text = (0..<40).map { _ in words.randomElement(using: &generator)! }.joined(separator: " ")
            _ = try? OpenQASMProgram(text)
        }
    }

    /// Deep nesting, long chains and definitions that double each other must not exhaust stack, memory or patience.
    @Test func bombs() {
        let deep = String(repeating: "(", count: 100_000)
        let signs = String(repeating: "-", count: 100_000)
        let chain = Array(repeating: "a*a", count: 100_000).joined(separator: "+")
        let blocks = String(repeating: "for int i in [0:1] {", count: 100_000)
        for angle in [deep, signs, chain, deep + "1"] {
            #expect(throws: OpenQASMError.self) {
                try OpenQASMProgram("input float a; qubit q; U(\(angle), 0, 0) q;")
            }
        }
        #expect(throws: OpenQASMError.self) { try OpenQASMProgram(blocks) }
        var gates = "gate g0(a) q { U(a, 0, 0) q; }\n"
        for level in 1...60 {
            gates += "gate g\(level)(a) q { g\(level - 1)(a*a + sin(a)) q; g\(level - 1)(a) q; }\n"
        }
        #expect(throws: OpenQASMError.self) { try OpenQASMProgram(gates) }
    }
}
