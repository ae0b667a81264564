import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Testing
import Upstream

/// Clients of the gateway: who may call, and what each may do.
@Suite struct ClientAuthenticationTests {
    private static func digest(_ text: String) throws -> [UInt8] {
        let result = try BuiltProgram.run("/bin/sh", ["-c", "printf %s \"$0\" | sha256sum", text], in: "/")
        let digits = Array(result.output.utf8.prefix(64))
        return stride(from: 0, to: 64, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    /// A gateway with a key for each workspace, for clients alone.
    private func run(
        _ clients: [(token: String, client: GatewayClient)],
        server: (inout HTTPServerOptions) -> Void = { _ in },
        documents: DocumentPolicy = DocumentPolicy(),
        _ body: @escaping (GatewayUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.configuredCredentials = SandboxUnderTest.slugs.map { Credential(key: SandboxUnderTest.ownerKey($0)) }
        options.directory = ClientDirectory(
            try clients.map { (hash: try Self.digest($0.token), client: $0.client) },
            limitsCalls: clients.contains { $0.client.limits.callsPerMinute != nil }
        )
        options.documents = documents
        server(&options.server)
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options) { gateway async throws in try await body(gateway) }
        }
    }

    private static let workspaces = "{ workspaces { slug projects(first: 1) { totalCount } } }"

    @Test func onlyTokensOfClientsAreAccepted() async throws {
        try await run([("board-token", GatewayClient(name: "board"))]) { gateway in
            for path in ["/graphql", "/rpc", "/mcp"] {
                let headers = [(name: "Content-Type", value: "application/json")]
                let response = try await gateway.send("POST", path, headers: headers, body: Array("{}".utf8))
                #expect(response.status == 401, "\(path)")
                #expect(response.headers.first("www-authenticate") == "Bearer realm=\"gateway\"")
            }
            #expect(try await gateway.send("GET", "/openrpc.json").status == 401)
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
            let wrong = try await gateway.query(Self.workspaces, key: "board-toke")
            #expect(wrong.status == 401)
            #expect(
                wrong.headers.first("www-authenticate") == "Bearer realm=\"gateway\", error=\"invalid_token\""
            )
            // The upstream's own key is no token.
            let key = SandboxUnderTest.ownerKey(SandboxUnderTest.slugs[0])
            #expect(try await gateway.query(Self.workspaces, key: key).status == 401)
            let right = try await gateway.query(Self.workspaces, key: "board-token")
            #expect(right.status == 200)
            #expect(try right.json()["data"]?["workspaces"]?.arrayValue?.count == SandboxUnderTest.slugs.count)
            #expect(try right.json()["errors"] == nil)
        }
    }

    /// The description of all methods is for clients that may call them, and for nobody who shares a cache with them.
    @Test func theOpenRPCDocumentIsForThoseWhoMayCallItsMethods() async throws {
        let restricted = GatewayClient(name: "restricted", documents: ["{ __typename }"])
        try await run([("a", GatewayClient(name: "all")), ("b", restricted)]) { gateway in
            func document(_ token: String) async throws -> GatewayUnderTest.Response {
                try await gateway.send(
                    "GET",
                    "/openrpc.json",
                    headers: [(name: "Authorization", value: "Bearer \(token)")]
                )
            }
            let described = try await document("a")
            #expect(described.status == 200)
            #expect(described.headers.first("cache-control") == "private, max-age=300")
            #expect(described.headers.first("vary")?.contains("Authorization") == true)
            let refused = try await document("b")
            #expect(refused.status == 403)
            #expect(try refused.json()["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
        }
    }

    @Test func aClientHasTheWorkspacesThatAreGrantedToItAlone() async throws {
        let slugs = SandboxUnderTest.slugs
        let one = GatewayClient(name: "one", workspaces: [slugs[1]])
        try await run([("a", one), ("b", GatewayClient(name: "all"))]) { gateway in
            for _ in 1...2 {
                let all = try await gateway.query(Self.workspaces, key: "b").json()
                #expect(all["data"]?["workspaces"]?.arrayValue?.count == slugs.count)
                let granted = try await gateway.query(Self.workspaces, key: "a").json()
                #expect(granted["data"]?["workspaces"]?.arrayValue?.map { $0["slug"] } == [.string(slugs[1])])
            }
            // Not even with a key of its own.
            let own = try await gateway.query(
                Self.workspaces,
                key: "a",
                workspaceKeys: [(slug: slugs[0], key: SandboxUnderTest.ownerKey(slugs[0]))]
            )
            #expect(try own.json()["data"]?["workspaces"]?.arrayValue?.map { $0["slug"] } == [.string(slugs[1])])
        }
    }

    @Test func aClientThatMayOnlyReadCannotWrite() async throws {
        let client = GatewayClient(name: "reader", isReadOnly: true)
        try await run([("a", client)]) { gateway in
            let mutation = "mutation { deleteIssue(id: \"x\") { __typename } }"
            let refused = try await gateway.query(mutation, key: "a").json()
            #expect(refused["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
            #expect(refused["errors"]?[0]?["message"] == "This client may only read.")
            let call = #"{"jsonrpc":"2.0","id":1,"method":"issues.delete","params":{"id":"x"}}"#
            let headers = [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer a"),
            ]
            let response = try await gateway.send("POST", "/rpc", headers: headers, body: Array(call.utf8))
            #expect(try response.json()["error"]?["data"]?["code"] == "FORBIDDEN", "\(response.text)")
            #expect(try await gateway.query(Self.workspaces, key: "a").json()["errors"] == nil)
        }
    }

    @Test func aClientHasItsOperationsAlone() async throws {
        let text = "{ __typename }"
        var documents = DocumentPolicy()
        documents.trusted = try TrustedDocuments(manifest: Array(#"{"one":"{ __typename }"}"#.utf8))
        let client = GatewayClient(name: "kiosk", documents: [text])
        try await run([("a", client)], documents: documents) { gateway in
            #expect(try await gateway.query(text, key: "a").json() == ["data": ["__typename": "Query"]])
            let headers = [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer a"),
            ]
            let byID = try await gateway.send(
                "POST",
                "/graphql",
                headers: headers,
                body: Array(#"{"documentId":"one"}"#.utf8)
            )
            #expect(try byID.json() == ["data": ["__typename": "Query"]])
            let other = try await gateway.query(Self.workspaces, key: "a").json()
            #expect(other["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
            let call = #"{"jsonrpc":"2.0","id":1,"method":"issues.list","params":{}}"#
            let response = try await gateway.send("POST", "/rpc", headers: headers, body: Array(call.utf8))
            #expect(try response.json()["error"]?["data"]?["code"] == "FORBIDDEN", "\(response.text)")
        }
    }

    @Test func aClientsLimitsAreItsOwn() async throws {
        let limited = GatewayClient(name: "limited", limits: ClientLimits(requestsPerMinute: 2))
        try await run([("a", limited), ("b", GatewayClient(name: "free"))]) { gateway in
            for expected in [200, 200, 429, 429] {
                let response = try await gateway.query("{ __typename }", key: "a")
                #expect(response.status == expected)
                #expect(response.headers.first("ratelimit-policy") == "\"requests\";q=2;w=60")
            }
            for _ in 1...4 {
                let response = try await gateway.query("{ __typename }", key: "b")
                #expect(response.status == 200)
                #expect(response.headers.first("ratelimit-policy") == nil)
            }
        }
    }

    @Test func theResourcesMetadataNameThePublicURLAndNeverTheHost() async throws {
        try await run([("a", GatewayClient(name: "a"))]) {
            $0.publicURL = "https://gateway.example.com/api"
            $0.protectedResource = ProtectedResource(
                publicURL: "https://gateway.example.com/api",
                issuer: "https://login.example.com",
                scopes: ["use"]
            )
        } _: { gateway in
            let known = "/.well-known/oauth-protected-resource"
            for path in [known, known + "/mcp", known + "/api/mcp"] {
                let response = try await gateway.send("GET", path, headers: [(name: "Host", value: "evil.example")])
                #expect(
                    try response.json() == [
                        "resource": "https://gateway.example.com/api/mcp",
                        "authorization_servers": ["https://login.example.com"],
                        "bearer_methods_supported": ["header"], "scopes_supported": ["use"],
                    ]
                )
            }
            let response = try await gateway.send("POST", "/mcp", headers: [(name: "Host", value: "evil.example")])
            #expect(
                response.headers.first("www-authenticate") == """
                    Bearer realm="gateway", scope="use", \
                    resource_metadata="https://gateway.example.com/.well-known/oauth-protected-resource/api/mcp"
                    """
            )
            let document = try await gateway.send(
                "GET",
                "/openrpc.json",
                headers: [(name: "Authorization", value: "Bearer a")]
            )
            #expect(try document.json()["servers"]?[0]?["url"] == "https://gateway.example.com/api/rpc")
        }
    }
}
