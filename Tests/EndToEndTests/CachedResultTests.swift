import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Cached results are what executing again would give, and are used no longer than that.
@Suite struct CachedResultTests {
    private static let report = (name: "Gateway-Report", value: "calls")

    private func post(
        _ text: String,
        to gateway: GatewayUnderTest,
        key: String = SandboxUnderTest.ownerKey("acme")
    ) async throws -> GatewayUnderTest.Response {
        let body: JSONValue = ["query": .string(text)]
        return try await gateway.send(
            "POST",
            "/graphql",
            headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)"), Self.report],
            body: body.serialized()
        )
    }

    private static let issues = "{ issues(first: 3) { totalCount nodes { id title project { id name } } } }"

    @Test func aResultIsCachedOnItsSecondUnchangedExecution() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let cold = try await post(Self.issues, to: gateway)
                let executed = try await post(Self.issues, to: gateway)
                #expect(gateway.service.resultUse == (cached: 0, reuses: 0))
                _ = try await post(Self.issues, to: gateway)
                #expect(gateway.service.resultUse == (cached: 1, reuses: 0))
                let calls = sandbox.server.calls().total
                let cached = try await post(Self.issues, to: gateway)
                #expect(gateway.service.resultUse == (cached: 1, reuses: 1))
                #expect(sandbox.server.calls().total == calls)
                #expect(try cached.json() == executed.json())
                #expect(try cached.json()["data"] == cold.json()["data"])
                let cachedCalls = try #require(try cached.json()["extensions"]?["calls"]?["cached"]?.intValue)
                #expect(cachedCalls > 0)
                let age = try #require(cached.headers.first("cache-control"))
                #expect(age == "no-cache")
            }
        }
    }

    /// For random queries: the fourth result is that of a gateway without a result cache, under any aliases.
    @Test(arguments: 1...40) func everyCachedResultEqualsAnExecution(seed: Int) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let ids = try await sandbox.ids(of: "issues", key: SandboxUnderTest.ownerKey("acme"))
            let projects = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme"))
            let keys = ids.sorted().prefix(5) + projects.sorted().prefix(5)
            func query(_ suffix: String) -> String {
                GeneratedQuery(seed: UInt64(seed) &* 0x9E37_79B9, keys: Array(keys), suffix: suffix).text
            }
            var options = GatewayUnderTest.Options()
            options.resultBytes = 0
            options.limits.maximumCalls = .max
            let suffixes = ["", "x", "longer"]
            let expected = try await sandbox.withGateway(options: options) { gateway in
                var responses: [String] = []
                for suffix in suffixes { responses.append(try await gateway.askAll(query(suffix)).text) }
                #expect(gateway.service.resultUse == (cached: 0, reuses: 0))
                return responses
            }
            // The longest of these responses takes more than a part of the default has room for.
            options.resultBytes = 128 << 20
            try await sandbox.withGateway(options: options) { gateway in
                // Of keys that the upstream has not accepted yet nothing is cached, and a 404 alone accepts none.
                _ = try await gateway.askAll(#"{ workspaces { issues(assigneeId: "nobody") { totalCount } } }"#)
                for _ in 1...3 {
                    let text = try await gateway.askAll(query("")).text
                    #expect(text == expected[0])
                }
                for (suffix, response) in zip(suffixes, expected) {
                    let text = try await gateway.askAll(query(suffix)).text
                    #expect(text == response)
                }
                #expect(gateway.service.resultUse.reuses == suffixes.count, "\(query(""))")
            }
        }
    }

    /// For random queries beside a field that is always another one: the fourth result is that of a gateway without a result cache.
    @Test(arguments: 41...60) func everyCachedRootFieldEqualsAnExecution(seed: Int) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let ids = try await sandbox.ids(of: "issues", key: SandboxUnderTest.ownerKey("acme"))
            let projects = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme"))
            let keys = ids.sorted().prefix(5) + projects.sorted().prefix(5)
            let text = GeneratedQuery(seed: UInt64(seed) &* 0x9E37_79B9, keys: Array(keys), suffix: "").text
            func query(_ number: Int) -> String {
                text[..<(text.lastIndex(of: "}") ?? text.endIndex)]
                    + " other: workspaces { issues(first: \(number)) { nodes { title } } } }"
            }
            var options = GatewayUnderTest.Options()
            options.resultBytes = 0
            options.limits.maximumCalls = .max
            let expected = try await sandbox.withGateway(options: options) { gateway in
                var responses: [String] = []
                for number in 1...5 { responses.append(try await gateway.askAll(query(number)).text) }
                #expect(gateway.service.rootFieldUse == (cached: 0, reuses: 0))
                return responses
            }
            options.resultBytes = 128 << 20
            try await sandbox.withGateway(options: options) { gateway in
                // Of keys that the upstream has not accepted yet nothing is cached, and a 404 alone accepts none.
                _ = try await gateway.askAll(#"{ workspaces { issues(first: 50) { nodes { title } } } }"#)
                for (number, response) in zip(1...5, expected) {
                    let text = try await gateway.askAll(query(number)).text
                    #expect(text == response)
                }
                #expect(gateway.service.rootFieldUse.reuses > 0, "\(text)")
            }
        }
    }

    @Test func aCachedRootFieldIsUsedUntilAWrite() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                func text(_ number: Int) -> String {
                    "{ issues(first: 2) { nodes { id title } } projects(first: \(number)) { totalCount } }"
                }
                for number in 1...4 { _ = try await gateway.askFirst(text(number)) }
                let reuses = gateway.service.rootFieldUse.reuses
                #expect(reuses > 0)
                let first = try await gateway.askFirst(text(5)).json()["data"]?["issues"]?["nodes"]?[0]
                #expect(gateway.service.rootFieldUse.reuses == reuses + 1)
                let id = try #require(first?["id"]?.stringValue)
                _ = try await gateway.askFirst(
                    "mutation { updateIssue(id: \"\(id)\", input: { title: \"Now\" }) { issue { id } } }"
                )
                let rows = try await gateway.askFirst(text(6)).json()["data"]?["issues"]?["nodes"]?.arrayValue
                #expect(rows?.contains { $0["id"]?.stringValue == id && $0["title"] != "Now" } == false)
                #expect(gateway.service.rootFieldUse.reuses == reuses + 1)
            }
        }
    }

    @Test func aWriteIsSeenAtOnce() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let text = "{ issues(first: 1) { nodes { id title } } }"
                for _ in 1...4 { _ = try await gateway.askFirst(text) }
                #expect(gateway.service.resultUse.reuses == 1)
                let first = try await gateway.askFirst(text).json()["data"]?["issues"]?["nodes"]?[0]
                let id = try #require(first?["id"]?.stringValue)
                _ = try await gateway.askFirst(
                    "mutation { updateIssue(id: \"\(id)\", input: { title: \"Now\" }) { issue { id } } }"
                )
                let one = "{ issue(id: \"\(id)\") { title } }"
                #expect(try await gateway.askFirst(one).json() == ["data": ["issue": ["title": "Now"]]])
                let rows = try await gateway.askFirst("{ issues(first: 100) { nodes { id title } } }").json()
                let row = rows["data"]?["issues"]?["nodes"]?.arrayValue?.first { $0["id"]?.stringValue == id }
                #expect(row?["title"] == "Now")
            }
        }
    }

    @Test func aQueryBehindAWriteInABatchSeesIt() async throws {
        var options = GatewayUnderTest.Options()
        options.server.graphQL.maximumBatch = 2
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                let key = SandboxUnderTest.ownerKey("acme")
                let id = try #require(try await sandbox.ids(of: "issues", key: key).min())
                let text = "{ issue(id: \"\(id)\") { title } }"
                for _ in 1...4 { _ = try await gateway.query(text, key: key) }
                #expect(gateway.service.resultUse.reuses == 1)
                let write = "mutation { updateIssue(id: \"\(id)\", input: { title: \"Now\" }) { issue { id } } }"
                let body: JSONValue = [["query": .string(write)], ["query": .string(text)]]
                let response = try await gateway.send(
                    "POST",
                    "/graphql",
                    headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")],
                    body: body.serialized()
                )
                #expect(try response.json()[1] == ["data": ["issue": ["title": "Now"]]])
            }
        }
    }

    @Test func cachedResultsAreSeparateForEachKey() async throws {
        let names = ["acme", "acme_member"]
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let text = "{ issues(first: 1000) { nodes { id } } }"
                for _ in 1...3 {
                    for name in names {
                        let key = "wsk_live_\(name)"
                        let response = try await gateway.query(text, key: key).json()
                        let seen = (response["data"]?["issues"]?["nodes"]?.arrayValue ?? []).compactMap {
                            $0["id"]?.stringValue
                        }
                        let own = try await sandbox.ids(of: "issues", key: key)
                        #expect(Set(seen) == own)
                    }
                }
                #expect(gateway.service.resultUse.cached == names.count)
            }
        }
    }

    @Test func uncacheableFieldsMakeAResultUncacheable() async throws {
        let texts = [
            "{ workspaces { quota { remaining } issues(first: 1) { nodes { id } } } }",
            "{ workspaces { quota { limit } } issues(first: 2) { nodes { id } } }",
            "{ workspaces { slug } }",
        ]
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                for text in texts {
                    for _ in 1...4 {
                        let response = try await gateway.askFirst(text)
                        #expect(try response.json()["errors"] == nil)
                        if text.contains("quota") {
                            #expect(response.headers.first("cache-control")?.contains("max-age") != true)
                        }
                    }
                }
                #expect(gateway.service.resultUse == (cached: 0, reuses: 0))
            }
        }
    }

    @Test func methodAndQueryOfOneSignatureShareTheirResult() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let ids = try await sandbox.ids(of: "issues", key: SandboxUnderTest.ownerKey("acme"))
                let id = try #require(ids.min())
                let call: JSONValue = [
                    "jsonrpc": "2.0", "id": 1, "method": "issues.get",
                    "params": ["id": .string(id), "select": "id name: title"],
                ]
                let headers = [
                    (name: "Content-Type", value: "application/json"),
                    (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
                ]
                var responses: [JSONValue] = []
                for _ in 1...4 {
                    responses.append(
                        try await gateway.send("POST", "/rpc", headers: headers, body: call.serialized()).json()
                    )
                }
                #expect(gateway.service.resultUse == (cached: 1, reuses: 1))
                #expect(responses[3] == responses[0])
                let result = try #require(responses[3]["result"])
                let query = "{ it: issue(id: \"\(id)\") { key: id title } }"
                let response = try await gateway.query(query, key: SandboxUnderTest.ownerKey("acme")).json()
                #expect(gateway.service.resultUse == (cached: 1, reuses: 2))
                #expect(
                    response == ["data": ["it": ["key": .string(id), "title": result["name"] ?? .null]]]
                )
                // A batch uses the cached result too, and so does `graphql.execute`.
                let execute: JSONValue = [
                    "jsonrpc": "2.0", "id": 2, "method": "graphql.execute", "params": ["query": .string(query)],
                ]
                let batch = JSONValue.array([call, execute]).serialized()
                let both = try await gateway.send("POST", "/rpc", headers: headers, body: batch).json()
                #expect(
                    both == [responses[0], ["jsonrpc": "2.0", "result": response, "id": 2]]
                )
                #expect(gateway.service.resultUse == (cached: 1, reuses: 4))
            }
        }
    }
}
