import IBMQuantum
import Testing

@Suite struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret = Secret("s3cr3t")
    }

    @Test func nothingShowsIt() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        let account = IBMAccount(
            name: "mine", key: holder.secret, instance: InstanceCRN(AccountTests.instance)!)
        dump(account, to: &dumped)
        for text in [
            "\(holder.secret)", String(describing: holder), String(reflecting: holder), dumped, "\(account)",
            String(describing: Optional(holder.secret)),
        ] {
            #expect(!text.contains("s3cr3t"))
            #expect(!text.isEmpty)
        }
    }
}
