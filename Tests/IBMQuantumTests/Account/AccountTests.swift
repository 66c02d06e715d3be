import Foundation
import IBMQuantum
import Testing

@Suite struct AccountTests {
    static let instance = "crn:v1:bluemix:public:quantum-computing:us-east:a/acc:uuid::"
    static let european = "crn:v1:bluemix:public:quantum-computing:eu-de:a/acc:uuid::"

    @Test(arguments: [
        ("crn:v1:bluemix:public:quantum-computing:us-east:a/acc:uuid::", "us-east"),
        ("crn:v1:bluemix:public:quantum-computing:eu-de:a/acc:uuid::", "eu-de"),
        ("my-instance", nil), ("auto", nil), ("crn:v1:bluemix:public:databases:eu-de:a/acc:uuid::", nil),
        ("crn:v1:bluemix:public:quantum-computing::a/acc:uuid::", nil),
        ("crn:v1:bluemix:public:quantum-computing:evil.com/:a/acc:uuid::", nil),
        ("crn:v1:bluemix:public:quantum-computing:us-east:a/acc:uu\r\nid::", nil),
    ])
    func regions(_ text: String, _ region: String?) {
        #expect(InstanceCRN(text)?.region == region)
    }

    @Test func addressesFollowTheRegion() throws {
        let east = try #require(InstanceCRN(Self.instance))
        let europe = try #require(InstanceCRN(Self.european))
        let open = ServiceAddresses()
        #expect(open.base(of: east).absoluteString == "https://quantum.cloud.ibm.com/api/v1")
        #expect(open.base(of: europe).absoluteString == "https://eu-de.quantum.cloud.ibm.com/api/v1")
        #expect(open.identity.absoluteString == "https://iam.cloud.ibm.com")
        let closed = ServiceAddresses(isPrivate: true)
        #expect(
            closed.base(of: east).absoluteString == "https://private.us-east.quantum.cloud.ibm.com/api/v1")
        #expect(closed.identity.absoluteString == "https://private.iam.cloud.ibm.com")
    }

    @Test func environmentComesBeforeTheFile() throws {
        try Self.withFile(
            #"{"default": {"channel": "ibm_cloud", "token": "f", "instance": "\#(Self.european)"}}"#
        ) {
            let account = try IBMAccount.choose(
                environment: [
                    "QISKIT_IBM_TOKEN": "e", "QISKIT_IBM_INSTANCE": Self.instance,
                    "IAM_URL": "http://127.0.0.1:8080/", "QMTL_IBM_URL": "https://test.example/api/v1",
                ], file: $0)
            #expect(account.key == Secret("e"))
            #expect(account.instance.region == "us-east")
            #expect(account.addresses.identity.absoluteString == "http://127.0.0.1:8080")
            #expect(
                account.addresses.base(of: account.instance).absoluteString == "https://test.example/api/v1")
            // Without a token the other variables of an account are ignored, and a name asks for the file.
            for (name, environment) in [
                (nil, ["QISKIT_IBM_INSTANCE": Self.instance]), ("default", ["QISKIT_IBM_TOKEN": "e"]),
            ] as [(String?, [String: String])] {
                let account = try IBMAccount.choose(named: name, environment: environment, file: $0)
                #expect(account.key == Secret("f"))
                #expect(account.instance.region == "eu-de")
            }
        }
    }

    @Test func marksAndDefaultNamesChoose() throws {
        func entry(_ token: String, _ more: String = "") -> String {
            #"{"channel": "ibm_quantum_platform", "token": "\#(token)", "url": "https://cloud.ibm.com", "instance": "\#(Self.instance)"\#(more)}"#
        }
        let dead = #""default-ibm-quantum": {"channel": "ibm_quantum", "token": "dead", "url": "u"}"#
        for (text, expected) in [
            (#"{"a": \#(entry("a")), "b": \#(entry("b", #", "is_default_account": true"#)), \#(dead)}"#, "b"),
            (#"{"a": \#(entry("a")), "default-ibm-cloud": \#(entry("c")), \#(dead)}"#, "c"),
            (#"{"b": \#(entry("b")), "a": \#(entry("a"))}"#, "a"),
            (#"{"a": \#(entry("p", #", "private_endpoint": true"#))}"#, "p"),
        ] {
            try Self.withFile(text) {
                let account = try IBMAccount.choose(environment: [:], file: $0)
                #expect(account.key == Secret(expected))
                #expect(account.addresses.isPrivate == (expected == "p"))
            }
        }
    }

    @Test(arguments: [
        ("{}", nil, "no IBM Quantum account"),
        (#"{"a": {"channel": "ibm_cloud", "token": "k3y"}}"#, nil, "no instance is named"),
        (#"{"a": {"channel": "ibm_cloud", "token": "k3y", "instance": "mine"}}"#, nil, "'mine' is no CRN"),
        (#"{"a": {"channel": "ibm_cloud"}}"#, nil, "has no token"),
        (#"{"a": {"channel": "ibm_cloud", "token": ["k3y"]}}"#, nil, "is not a file of IBM Quantum accounts"),
        (#"{"a": {"token": "k3y""#, nil, "is not a file of IBM Quantum accounts"),
        (#"{"a": {"token": "k3y"}}"#, "b", "has no account 'b': choose among 'a'"),
        (
            #"{"a": {"token": "k3y", "instance": "crn:v1:bluemix:public:quantum-computing:eu-de:a/a:u::", "url": "http://cloud.ibm.com"}}"#,
            nil, "unencrypted"
        ),
    ])
    func unusableFiles(_ text: String, _ name: String?, _ part: String) throws {
        try Self.withFile(text) { file in
            let error = #expect(throws: IBMError.self) {
                try IBMAccount.choose(named: name, environment: [:], file: file)
            }
            let description = "\(try #require(error))"
            #expect(description.contains(part), "\(description)")
            #expect(!description.contains("k3y"))
        }
    }

    @Test func noAccountAnywhere() {
        #expect(throws: IBMError.noAccount(path: "/none.json")) {
            try IBMAccount.choose(environment: [:], file: URL(filePath: "/none.json"))
        }
    }

    @Test func keysDoNotTravelUnencrypted() {
        #expect(throws: IBMError.self) {
            try IBMAccount.choose(
                environment: [
                    "QISKIT_IBM_TOKEN": "e", "QISKIT_IBM_INSTANCE": Self.instance,
                    "IAM_URL": "http://iam.example.com",
                ], file: URL(filePath: "/none.json"))
        }
    }

    private static func withFile(_ text: String, _ body: (URL) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "qiskit-ibm-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url)
    }
}
