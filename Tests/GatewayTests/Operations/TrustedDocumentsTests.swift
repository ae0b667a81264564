import Testing

@testable import Gateway

@Suite struct TrustedDocumentsTests {
    private static let apollo = #"{"format":"apollo-persisted-query-manifest","version":1,"operations":"#

    @Test(arguments: [
        (#"{"sha256:a":"{a}","b":"{b}"}"#, ["b {b}", "sha256:a {a}"]),
        (apollo + #"[{"id":"x","body":"{x}","name":"X"}]}"#, ["x {x}"]),
        ("{}", []),
    ])
    func aManifestIsRead(manifest: String, documents: [String]) throws {
        let trusted = try TrustedDocuments(manifest: Array(manifest.utf8))
        #expect(trusted.documents.map { "\($0.id) \($0.text)" } == documents)
        #expect(trusted.count == documents.count)
    }

    @Test(arguments: [
        ("[]", "The manifest must be a JSON object."),
        (#"{"a":1}"#, #"The manifest's member "a" must be a string: a document."#),
        (#"{"format":"f","operations":[]}"#, #"The manifest's format "f" is not known in this version."#),
        (apollo + "1}", #"The manifest's "operations" must be a list."#),
        (
            apollo + #"[{"id":"x","body":"{a}"},{"id":"x","body":"{a}"},{"id":"x","body":"{b}"}]}"#,
            #"Operation 2 of the manifest has the id "x", as another one with another body has: give each its own id."#
        ),
        (apollo + #"[{"id":"x"}]}"#, #"Operation 0 of the manifest needs the strings "id" and "body"."#),
    ])
    func anotherManifestIsRefused(manifest: String, message: String) {
        #expect(throws: TrustedDocuments.Invalid(description: message)) {
            try TrustedDocuments(manifest: Array(manifest.utf8))
        }
    }

    @Test func theAlgorithmOfADigestMayBeLeftOut() throws {
        let trusted = try TrustedDocuments(manifest: Array(#"{"sha256:a":"{a}","b":"{e\u0301}"}"#.utf8))
        #expect(
            ["a", "sha256:a", "b", "sha256:b", "c"].map { trusted.text(of: $0) } == [
                "{a}", "{a}", "{e\u{301}}", "{e\u{301}}", nil,
            ]
        )
        #expect(trusted.contains("{a}"))
        // It looks the same, and is another text.
        #expect(!trusted.contains("{\u{E9}}"))
    }
}
