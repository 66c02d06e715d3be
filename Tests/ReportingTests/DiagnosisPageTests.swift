import CPUSimulation
import Circuits
import Diagnostics
import Reporting
import Testing

struct DiagnosisPageTests {
    private static let settings = {
        var settings = Diagnosis.Settings()
        (settings.pairs, settings.draws) = (40, 3)
        return settings
    }()

    @Test func aPresetHasAllSections() async throws {
        let diagnosis = try await Diagnosis.of(
            .paper, Self.settings, backend: CPUBackend(threads: 1))
        let page = HTMLReport.diagnosis(diagnosis, version: "1.0").html
        for title in [
            "Expressibility and entangling capability", "Gradients", "Fisher information", "Frequencies",
        ] {
            #expect(page.contains("<h2>\(title)</h2>"))
        }
        #expect(isWellFormed(page))
        let text = DiagnosisTable.text(diagnosis, styled: false)
        for part in ["expressibility", "paper, first readout", "training samples", "frequency of x0"] {
            #expect(text.contains(part))
        }
    }

    @Test func theStudyIsJudgedAtItsOwnSettingsOnly() throws {
        let own = DiagnosisTable.text(try Diagnosis.ofAll(Self.settings), styled: false)
        #expect(own.contains("of 171 pairs"))
        var other = Self.settings
        other.qubits = 3
        let page = HTMLReport.diagnosis(try Diagnosis.ofAll(other), version: nil).html
        #expect(!page.contains("of 171 pairs"))
        #expect(isWellFormed(page))
    }

    @Test func trainedScalesAreSaidToHaveNoBound() async throws {
        var preset = Preset.deep
        preset.stages = EncodingTemplate.reuploading.stages
        let circuit = try preset.circuit(outputs: [1], sizes: .init(qubits: 2, features: 2))
        let diagnosis = try await Diagnosis.of(
            circuit, subject: "run <x>", Self.settings, backend: CPUBackend(threads: 1))
        let page = HTMLReport.diagnosis(diagnosis, version: nil).html
        #expect(page.contains("no bound on generalisation"))
        #expect(page.contains("run &lt;x&gt;"))
        #expect(isWellFormed(page))
    }
}
