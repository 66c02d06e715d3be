import Circuits
import Experiments
import Testing

struct HeadChoiceTests {
    @Test func namesAreReadAndWritten() {
        for name in [
            "quantum", "quantum:deep", "quantum:paper-fixed-encoding", "linear", "sliced",
            "share-and-specify",
        ] {
            #expect(HeadChoice(named: name)?.name == name)
        }
        #expect(HeadChoice(named: "quantum") == HeadChoice(.quantum, preset: .paper))
        #expect(HeadChoice(named: "quantum:paper") == HeadChoice(named: "quantum"))
        #expect(HeadChoice(named: "quantum:deep")?.folderName == "quantum-deep")
    }

    @Test(arguments: ["", "cubic", "linear:deep", "quantum:", "quantum:shallow", "Quantum"])
    func otherNamesAreNone(name: String) {
        #expect(HeadChoice(named: name) == nil)
    }
}
