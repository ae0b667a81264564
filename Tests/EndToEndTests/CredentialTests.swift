import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Credentials as clients spell them: one key is one client, with one cache, however it is written.
@Suite struct CredentialTests {
    private static let query = "{ projects(first: 1, workspaces: [\"acme\"]) { totalCount } }"

    private func withLimit(
        _ requests: Int?,
        configured: [Credential?] = [],
        _ body: (GatewayUnderTest, SandboxUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client = ClientLimits(requestsPerMinute: requests, callsPerMinute: nil)
        options.configuredCredentials = configured
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options) { try await body($0, sandbox) }
        }
    }

    private func ask(
        _ gateway: GatewayUnderTest,
        _ query: String,
        _ headers: [(name: String, value: String)]
    ) async throws -> GatewayUnderTest.Response {
        let json = [(name: "Content-Type", value: "application/json")]
        let body = JSONValue.object(["query": .string(query)]).serialized()
        return try await gateway.send("POST", "/graphql", headers: json + headers, body: body)
    }

    private func ask(
        _ gateway: GatewayUnderTest,
        _ headers: [(name: String, value: String)]
    ) async throws -> GatewayUnderTest.Response {
        try await ask(gateway, Self.query, headers)
    }

    /// Ways to write one key for the first workspace.
    private static let spellings: [(name: String, value: String)] = [
        ("Authorization", "Bearer wsk_live_acme"), ("authorization", "bearer wsk_live_acme"),
        ("Authorization", "BEARER    wsk_live_acme"), ("Authorization", "Bearer \t wsk_live_acme  "),
        ("Workspace-Key", "acme wsk_live_acme"), ("Workspace-Key", "acme   wsk_live_acme "),
        ("Workspace-Key", "missing made-up, acme wsk_live_acme"),
    ]

    @Test func aKeyIsOneClientHoweverItIsWritten() async throws {
        try await withLimit(Self.spellings.count) { gateway, sandbox async throws in
            for spelling in Self.spellings {
                let response = try await ask(gateway, [spelling])
                #expect(try response.json()["data"]?["projects"]?["totalCount"] == 12, "\(spelling): \(response.text)")
            }
            // One call, so one cache.
            #expect(sandbox.server.calls().count(of: "GET /projects") == 1)
            for spelling in Self.spellings {
                #expect(try await ask(gateway, [spelling]).status == 429, "\(spelling)")
            }
        }
    }

    @Test func madeUpKeysForOtherWorkspacesMakeNoOtherClient() async throws {
        try await withLimit(3) { gateway, _ async throws in
            for number in 1...3 {
                let headers = [Self.spellings[0], (name: "Workspace-Key", value: "globex made-up-\(number)")]
                #expect(try await ask(gateway, headers).status == 200)
            }
            let headers = [Self.spellings[0], (name: "Workspace-Key", value: "globex made-up-4")]
            #expect(try await ask(gateway, headers).status == 429)
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 429)
        }
    }

    @Test func keysThatTheUpstreamHasNotAcceptedAreCountedByTheirAddress() async throws {
        try await withLimit(2) { gateway, _ async throws in
            // Once accepted, a key is counted by itself; its first request was counted by both.
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 200)
            #expect(try await ask(gateway, [(name: "Authorization", value: "Bearer made-up-1")]).status == 200)
            for number in 2...4 {
                let headers = [(name: "Authorization", value: "Bearer made-up-\(number)")]
                #expect(try await ask(gateway, headers).status == 429)
            }
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 200)
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 429)
        }
    }

    @Test func eachKeyThatARequestSpendsIsCounted() async throws {
        try await withLimit(2) { gateway, _ async throws in
            let globex = (name: "Workspace-Key", value: "globex wsk_live_globex")
            let both = "{ projects(first: 1, workspaces: [\"acme\", \"globex\"]) { totalCount } }"
            #expect(try await ask(gateway, both, [Self.spellings[0], globex]).status == 200)
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 200)
            #expect(try await ask(gateway, [Self.spellings[0]]).status == 429)
            #expect(try await ask(gateway, both, [Self.spellings[0], globex]).status == 429)
            #expect(try await ask(gateway, "{ __typename }", [globex]).status == 200)
            #expect(try await ask(gateway, "{ __typename }", [globex]).status == 429)
        }
    }

    /// Values of `Authorization` that hold no key that could be sent.
    private static let malformed = ["Bearer", "bearer  ", "Bearer wsk_live_acme extra", "Bearer a, Bearer b"]

    @Test func malformedCredentialIsNotSentUpstream() async throws {
        try await withLimit(nil) { gateway, sandbox async throws in
            for value in Self.malformed {
                let response = try await ask(gateway, [(name: "Authorization", value: value)])
                #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED", "\(value)")
            }
            #expect(sandbox.server.calls().count(of: "GET /projects") == 0)
        }
    }

    @Test func credentialsAreComparedByTheirBytes() {
        let composed = "Bearer cl\u{E9}"
        let decomposed = "Bearer cle\u{301}"
        #expect(composed == decomposed)
        #expect(Credential(authorization: composed) != Credential(authorization: decomposed))
        #expect(Set([Credential(authorization: composed), Credential(authorization: decomposed)]).count == 2)
        // Bytes that are no UTF-8 have been replaced: keys that differed are the same then, so that none of them is used.
        #expect(!Credential(authorization: "Bearer \u{FFFD}").isWellFormed)
        #expect(!Credential(authorization: "Token k\u{FFFD}").isWellFormed)
        #expect(!Credential(key: "k\u{FFFD}").isWellFormed)
        #expect(Credential(key: "clé").isWellFormed)
        #expect(Credential(authorization: "bearer  key ") == Credential(key: "key"))
        #expect(Credential(authorization: "Token key") != Credential(key: "key"))
        #expect(Credential(authorization: "TOKEN key") == Credential(authorization: "token key"))
        #expect(Credential(authorization: "key-without-scheme") != Credential(authorization: "KEY-without-scheme"))
    }
}
