import Foundation
import OpenQASM
import Testing

/// Every error, with the sentence a user reads; places are those of the first wrong word.
struct ErrorTests {
    static let cases: [(String, String)] = [
        ("qubit q; #", "2, column 10: found '#' where a word of OpenQASM is expected"),
        ("qubit q /* never ends", "2, column 9: found a comment without an end where '*/' is expected"),
        ("include \"stdgates.inc", "found a string without an end"),
        ("qubit q; rx(100ns) q;", "the number '100ns' is not supported; durations"),
        ("qubit q; rx(1e999) q;", "'1e999' is not a finite number"),
        ("qubit[99999999999999999999] q;", "is not an integer of 64 bits"),
        ("qubit q", "found the end of the text where ';' is expected"),
        ("qubit gate;", "found the keyword 'gate' where the name of a register is expected"),
        ("qubit q; rx(1 q;", "2, column 15: found 'q' where ',' is expected"),
        ("qubit q; bit c; if (c) x q;", "2, column 17: 'if' is not supported; an expectation value needs"),
        ("def f() {}", "'def' is not supported; define a gate instead"),
        ("int n = 2;", "a variable of type 'int' is not supported; declare it as const or input"),
        ("input int n;", "an input of type 'int' is not supported; use float or angle"),
        ("qubit q; bit c; c = 1;", "an assignment other than of a measurement is not supported"),
        ("qubit q; rx(1 << 2) q;", "the operator '<<' is not supported"),
        ("include \"other.inc\";", "the file 'other.inc' is not supported; include \"stdgates.inc\""),
        ("qubit q; U(0, 0, 0) q; reset q;", "a reset after a gate is not supported"),
        (
            "qubit q; bit c; c = measure q; U(1, 0, 0) q;",
            "a gate on qubit 0 after its measurement is not supported"
        ),
        ("qubit q; U(0, 0, 0) $0;", "a program with both hardware qubits and qubits of its own"),
        ("gate g a { measure a; }", "this statement within a gate is not supported"),
        ("gate g a { qubit b; }", "found 'qubit' within braces"),
        ("qubit q; h q;", "there is no gate 'h'; write include \"stdgates.inc\""),
        ("qubit q; foo q;", "there is no gate 'foo'; define it before its use"),
        ("gate g a { g a; }", "there is no gate 'g'; define it before its use"),
        ("qubit q; U(x, 0, 0) q;", "there is no number 'x'; declare it"),
        ("qubit q; U(sinh(1), 0, 0) q;", "there is no function 'sinh'; there are pow, arccos"),
        ("U(0, 0, 0) r;", "there is no qubit 'r'; declare it before its use"),
        ("qubit q; c = measure q;", "there is no bit 'c'"),
        ("qubit q; qubit q;", "'q' is declared already; choose another name"),
        ("gate g(a) a { }", "'a' is declared already"),
        ("input float euler;", "'euler' is declared already"),
        ("qubit q; bit[2] c; let d = c[0]; d[0] = measure q;", "a single bit has no index"),
        ("qubit q; bit[2] c; let d = c ++ q;", "there is no bit 'q'"),
        ("include \"stdgates.inc\"; gate x a { }", "'x' is declared already"),
        ("qubit[2] q; U(0, 0) q;", "'U' takes 3 parameters, not 2"),
        ("include \"stdgates.inc\"; qubit[2] q; cx q[0];", "'cx' takes 2 qubits, not 1"),
        ("qubit q; U(sin(1, 2), 0, 0) q;", "'sin' takes 1 arguments, not 2"),
        ("qubit[2] q; bit[3] c; c = measure q;", "'measure' takes 2 bits, not 3"),
        (
            "include \"stdgates.inc\"; qubit[2] q; qubit[3] r; cx q, r;",
            "registers of different sizes, [2, 3]"
        ),
        ("include \"stdgates.inc\"; qubit[2] q; cx q[0], q[0];", "'cx' is given qubit 0 twice"),
        ("include \"stdgates.inc\"; gate g a { cx a, a; }", "'cx' is given qubit 0 twice"),
        ("qubit[2] q; U(0, 0, 0) q[2];", "index 2 does not exist in a register of 2: use 0 to 1"),
        ("qubit[2] q; U(0, 0, 0) q[0:0:1];", "the step of a range is 0"),
        ("qubit q; U(0, 0, 0) q[0];", "a single qubit has no index"),
        ("qubit[0] q;", "0 is no size: use 1 or more"),
        ("qubit[1.5] q;", "the size of a register must be an integer constant"),
        ("qubit q; U(1/2, 0, 0) q;", "1/2 is a division of integers with a remainder: write 1.0/2"),
        ("qubit q; U(1/0, 0, 0) q;", "a divisor is 0"),
        ("qubit q; U(arcsin(2), 0, 0) q;", "the result is not a finite number"),
        ("const int n = 9223372036854775807 + 1;", "the result is no integer of 64 bits"),
        ("const uint n = -1;", "-1 is below 0 in a constant of type 'uint'"),
        ("input float a; const float b = a;", "a constant must not depend on an input"),
        ("input float a; qubit q; pow(a) @ U(0, 0, 0) q;", "an exponent must be an integer constant"),
        ("qubit[2] q; ctrl(0) @ U(0, 0, 0) q[0], q[1];", "0 is no number of controls: use 1 or more"),
        ("qubit[70000] q;", "the size of a register exceeds 65536"),
        ("qubit[40000] q; qubit[40000] r;", "the number of qubits exceeds 65536"),
        ("qubit[20] q; ctrl(19) @ U(0, 0, 0) q[0];", "the number of controls exceeds 10"),
        ("qubit q; pow(1000000000) @ U(1, 0, 0) q;", "the number of gates and repetitions exceeds"),
        ("for int i in [0:1000000000000] { }", "the length of a range exceeds"),
        (
            "for int i in [0:9000] { for int j in [0:9000] { } }",
            "the number of gates and repetitions exceeds"
        ),
        ("// nothing", "1, column 1: found a program without qubits where a declaration"),
    ]

    @Test(arguments: cases)
    func aWrongProgramIsExplained(text: String, sentence: String) {
        let error = #expect(throws: OpenQASMError.self) {
            try OpenQASMProgram("OPENQASM 3.0;\n" + text, file: "a.qasm")
        }
        let description = error?.description ?? ""
        #expect(description.contains(sentence), "\(description)")
        #expect(description.hasPrefix("a.qasm, line "))
    }

    @Test func olderVersionsAreNamed() {
        let error = #expect(throws: OpenQASMError.self) { try OpenQASMProgram("OPENQASM 2.0; qreg q[1];") }
        #expect(error?.description.contains("OpenQASM 2 is not supported; convert") == true)
    }

    @Test func filesThatCannotBeRead() throws {
        let missing = #expect(throws: OpenQASMError.self) {
            try OpenQASMProgram(contentsOf: URL(filePath: "/no/such.qasm"))
        }
        #expect(missing?.description.hasPrefix("/no/such.qasm: cannot be read") == true)
        let url = FileManager.default.temporaryDirectory.appending(path: "qmtl-\(UUID().uuidString).qasm")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data([0x71, 0xFF, 0xFE]).write(to: url)
        #expect(throws: OpenQASMError.unreadableFile(path: url.relativePath, reason: "it is not UTF-8 text"))
        {
            try OpenQASMProgram(contentsOf: url)
        }
    }

    @Test func bindingsThatDoNotFit() {
        #expect(
            OpenQASMError.inputMismatch(missing: ["a", "b"], unknown: []).description.contains("'a', 'b'"))
        #expect(
            OpenQASMError.inputMismatch(missing: [], unknown: ["c"]).description.contains("has no input 'c'"))
    }
}
