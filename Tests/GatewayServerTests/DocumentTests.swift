import GatewayTestSupport
import JSON
import Testing
import Upstream

@testable import Gateway

/// Documents that are named instead of sent, and documents that are refused.
@Suite struct DocumentTests {
    static let text = "{ __typename }"
    /// Of `text`, by another program.
    static let hash = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b"
    static let data = #"{"data":{"__typename":"Query"}}"#

    static func body(query: String?, hash: String, version: Int = 1) -> String {
        let member = query.map { #""query":"\#($0)","# } ?? ""
        return #"{\#(member)"extensions":{"persistedQuery":{"version":\#(version),"sha256Hash":"\#(hash)"}}}"#
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (text, hash),
    ])
    func digestsAreSHA256(text: String, digest: String) {
        #expect(SHA256Digest(of: text)?.hexadecimal == digest)
    }

    @Test func aTextIsKnownByItsHashOnceItWasSentAlong() async throws {
        try await withGateway { gateway async throws in
            let unknown = try await gateway.post(Self.body(query: nil, hash: Self.hash))
            #expect(unknown.status == 200)
            #expect(
                unknown.text
                    == #"{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}"#
            )
            #expect(try await gateway.post(Self.body(query: Self.text, hash: Self.hash)).text == Self.data)
            #expect(try await gateway.post(Self.body(query: nil, hash: Self.hash)).text == Self.data)
            let extensions = "%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22\(Self.hash)%22%7D%7D"
            #expect(try await gateway.get("extensions=\(extensions)").text == Self.data)
        }
    }

    @Test func aHashOfAnotherTextIsRefusedAndNotStored() async throws {
        try await withGateway { gateway async throws in
            let response = try await gateway.post(Self.body(query: "{ a: __typename }", hash: Self.hash))
            #expect(response.status == 400)
            #expect(response.code == "PERSISTED_QUERY_HASH_MISMATCH")
            #expect(try await gateway.post(Self.body(query: nil, hash: Self.hash)).code == "PERSISTED_QUERY_NOT_FOUND")
            let version = try await gateway.post(Self.body(query: nil, hash: Self.hash, version: 2))
            #expect(version.status == 400)
        }
    }

    @Test func hashesAreNotStoredWherePersistedQueriesAreOff() async throws {
        try await withGateway {
            $0.documents.allowsPersistedQueries = false
        } _: { gateway async throws in
            let response = try await gateway.post(Self.body(query: nil, hash: Self.hash))
            #expect(response.code == "PERSISTED_QUERY_NOT_SUPPORTED")
            #expect(try await gateway.post(Self.body(query: Self.text, hash: Self.hash)).text == Self.data)
        }
    }

    /// Clients send the text along after either refusal, unless the status is an error's.
    @Test(arguments: [true, false], [GraphQLOverHTTPTests.json, GraphQLOverHTTPTests.graphQL, "*/*"])
    func anUnknownHashHasApollosStatus(isSupported: Bool, accept: String) async throws {
        try await withGateway {
            $0.documents.allowsPersistedQueries = isSupported
        } _: { gateway async throws in
            let response = try await gateway.post(Self.body(query: nil, hash: Self.hash), accept: accept)
            #expect(response.status == 200)
            #expect(response.code == (isSupported ? "PERSISTED_QUERY_NOT_FOUND" : "PERSISTED_QUERY_NOT_SUPPORTED"))
            #expect(response.headers.all("cache-control") == ["no-store"])
        }
    }

    static let manifests = [
        #"{"\#(hash)":"\#(text)"}"#,
        #"{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"\#(hash)","name":"A","type":"query","body":"\#(text)"}]}"#,
    ]

    @Test(arguments: manifests)
    func onlyTrustedDocumentsAreExecuted(manifest: String) async throws {
        let trusted = try TrustedDocuments(manifest: Array(manifest.utf8))
        try await withGateway {
            $0.documents.trusted = trusted
            $0.documents.requiresTrusted = true
        } _: { gateway async throws in
            #expect(try await gateway.post(Self.body(query: nil, hash: Self.hash)).text == Self.data)
            #expect(try await gateway.post(#"{"documentId":"\#(Self.hash)"}"#).text == Self.data)
            #expect(try await gateway.post(#"{"documentId":"sha256:\#(Self.hash)"}"#).text == Self.data)
            #expect(try await gateway.post(#"{"query":"{ __typename }"}"#).text == Self.data)
            for body in [
                #"{"query":"{ a: __typename }"}"#, #"{"documentId":"other"}"#, Self.body(query: nil, hash: "0"),
            ] {
                let refused = try await gateway.post(body)
                #expect(refused.status == 400)
                #expect(refused.code == "DOCUMENT_NOT_TRUSTED")
            }
        }
    }

    @Test func anUnknownDocumentIsReported() async throws {
        try await withGateway { gateway async throws in
            let response = try await gateway.post(#"{"documentId":"other"}"#)
            #expect(response.status == 400)
            #expect(response.code == "DOCUMENT_NOT_FOUND")
        }
    }

    @Test(arguments: ["", "[]", "1", #"{"a":1}"#, #"{"format":"x","operations":[]}"#])
    func aManifestInAnotherFormIsInvalid(manifest: String) {
        #expect(throws: TrustedDocuments.Invalid.self) { try TrustedDocuments(manifest: Array(manifest.utf8)) }
    }

    @Test func introspectionCanBeTurnedOff() async throws {
        try await withGateway {
            $0.documents.allowsIntrospection = false
        } _: { gateway async throws in
            #expect(try await gateway.post(#"{"query":"{ __typename }"}"#).text == Self.data)
            for query in [
                "{ __schema { types { name } } }", "{ ...F } fragment F on Query { ... { __type(name: 1) } }",
            ] {
                #expect(try await gateway.post(#"{"query":"\#(query)"}"#).code == "INTROSPECTION_DISABLED")
            }
        }
    }
}
