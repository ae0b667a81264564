import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// What one client may request in a minute, and what responses report of it and of their age.
@Suite struct ClientLimitTests {
    private static let nothingUpstream = "{ __typename }"
    private static let oneCall = "{ projects(first: 1) { totalCount } }"

    /// Lends a gateway with limits for clients.
    private func withLimits(
        requests: Int? = nil,
        calls: Int? = nil,
        configured: [Credential?] = [],
        clientMaximumAge: Int = 0,
        count: CountVariant = .total,
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client = ClientLimits(requestsPerMinute: requests, callsPerMinute: calls)
        options.configuredCredentials = configured
        options.server.graphQL.clientMaximumAge = clientMaximumAge
        let configuration = SandboxUnderTest.configuration { $0.behavior.count = count }
        try await SandboxUnderTest.run(configuration) { sandbox async throws in
            try await sandbox.withGateway(options: options, body)
        }
    }

    @Test func everyRequestCountsAndOneTooManyIsRefused() async throws {
        try await withLimits(requests: 3) { gateway async throws in
            for (query, remaining) in [(Self.oneCall, 2), (Self.nothingUpstream, 1), ("{ nonsense }", 0)] {
                let response = try await gateway.askFirst(query)
                #expect(response.status == 200)
                #expect(response.headers.first("ratelimit-policy") == #""requests";q=3;w=60"#, "\(query)")
                let field = response.headers.first("ratelimit") ?? ""
                #expect(field.hasPrefix("\"requests\";r=\(remaining);t="), "\(query): \(field)")
                #expect(response.headers.first("retry-after") == nil)
            }
            for query in [Self.oneCall, Self.nothingUpstream, "{ nonsense }"] {
                let refused = try await gateway.askFirst(query)
                #expect(refused.status == 429, "\(query)")
                let seconds = try #require(refused.headers.first("retry-after").flatMap { Int($0) })
                #expect((1...60).contains(seconds))
                let error = try refused.json()["errors"]?[0]
                #expect(error?["extensions"] == ["code": "RATE_LIMITED", "retryAfter": .integer(seconds)])
                #expect(refused.headers.first("ratelimit")?.hasPrefix(#""requests";r=0;t="#) == true)
            }
        }
    }

    @Test func clientsAreIdentifiedByTheirKeys() async throws {
        try await withLimits(requests: 2) { gateway async throws in
            let keys = ["wsk_live_acme", "wsk_live_acme_viewer"]
            // The upstream accepts both.
            for key in keys { #expect(try await gateway.query(Self.oneCall, key: key).status == 200) }
            for key in keys {
                #expect(try await gateway.query(Self.nothingUpstream, key: key).status == 200)
                #expect(try await gateway.query(Self.nothingUpstream, key: key).status == 429)
            }
        }
    }

    @Test func inventedKeysAndSlugsDoNotEvadeTheLimit() async throws {
        let configured = SandboxUnderTest.slugs.map { Credential(key: SandboxUnderTest.ownerKey($0)) }
        try await withLimits(requests: 1, configured: configured) { gateway async throws in
            #expect(try await gateway.query(Self.nothingUpstream).status == 200)
            // It spends the configured keys of the other workspaces.
            #expect(try await gateway.query(Self.nothingUpstream, key: "made up").status == 429)
            let unknown = [(slug: "unknown", key: "x")]
            #expect(try await gateway.query(Self.nothingUpstream, workspaceKeys: unknown).status == 429)
            let own = SandboxUnderTest.slugs.map { (slug: $0, key: "own-\($0)") }
            #expect(try await gateway.query(Self.nothingUpstream, workspaceKeys: own).status == 200)
            #expect(try await gateway.query(Self.nothingUpstream, workspaceKeys: own + unknown).status == 429)
        }
    }

    @Test func jsonRPCCallsCountWhateverTheirOutcome() async throws {
        try await withLimits(requests: 3) { gateway async throws in
            func post(_ message: String) async throws -> GatewayUnderTest.Response {
                let headers = [(name: "Content-Type", value: "application/json")]
                return try await gateway.send("POST", "/rpc", headers: headers, body: Array(message.utf8))
            }
            let unknown = #"{"jsonrpc":"2.0","method":"nothing","id":1}"#
            let first = try await post("[\(unknown),\(unknown)]")
            #expect(first.headers.first("ratelimit")?.hasPrefix(#""requests";r=1;t="#) == true)
            let second = try await post("[\(unknown),\(unknown)]").json()
            #expect(second[0]?["error"]?["code"] == -32601)
            #expect(second[1]?["error"]?["data"]?["code"] == "RATE_LIMITED")
        }
    }

    @Test func estimatedCallsCountWhetherSentOrCached() async throws {
        try await withLimits(calls: 2) { gateway async throws in
            for remaining in [1, 0] {
                let response = try await gateway.askFirst(Self.oneCall)
                #expect(response.status == 200)
                #expect(response.headers.first("ratelimit-policy") == #""calls";q=2;w=60"#)
                #expect(response.headers.first("ratelimit")?.hasPrefix("\"calls\";r=\(remaining);t=") == true)
            }
            #expect(try await gateway.askFirst(Self.oneCall).status == 429)
            // What takes no call may still be asked.
            #expect(try await gateway.askFirst(Self.nothingUpstream).status == 200)
        }
    }

    @Test func anOperationCountsForWhatItIsLikelyToTake() async throws {
        try await withLimits(calls: 100) { gateway async throws in
            // Where the end of each list is unknown, as many pages as 10,000 rows have would count for each.
            let query = "{ projects(first: 12) { nodes { issues(last: 5) { nodes { id } } } } }"
            let response = try await gateway.askFirst(query)
            #expect(try response.json()["errors"] == nil)
            // One list of projects, two pages for each of the others, and two for a look at the list of all.
            #expect(response.headers.first("ratelimit")?.hasPrefix(#""calls";r=73;t="#) == true)
        }
    }

    @Test func callsBeyondTheLikelyCostCountToo() async throws {
        try await withLimits(calls: 20, count: .missing) { gateway async throws in
            // 230 rows: likely the first page and the last, but only the third shows where the end is.
            let response = try await gateway.askFirst("{ issues(last: 5) { nodes { id } } }")
            #expect(try response.json()["data"]?["issues"]?["nodes"]?.arrayValue?.count == 5)
            #expect(response.headers.first("ratelimit")?.hasPrefix(#""calls";r=17;t="#) == true)
        }
    }

    @Test func callsByJSONRPCCountInTheSameWay() async throws {
        try await withLimits(calls: 20, count: .missing) { gateway async throws in
            let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "issues.list", "params": ["last": 5]]
            let headers = [
                (name: "Content-Type", value: "application/json"),
                (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
            ]
            let response = try await gateway.send("POST", "/rpc", headers: headers, body: message.serialized())
            #expect(try response.json()["result"]?["nodes"]?.arrayValue?.count == 5)
            #expect(response.headers.first("ratelimit")?.hasPrefix(#""calls";r=17;t="#) == true)
        }
    }

    @Test func aBatchReportsWhatIsLeftAfterItsLastRequest() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client = ClientLimits(requestsPerMinute: 2)
        options.server.graphQL.maximumBatch = 3
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options) { gateway async throws in
                let request = #"{"query":"{ __typename }"}"#
                let response = try await gateway.send(
                    "POST",
                    "/graphql",
                    headers: [("Content-Type", "application/json")],
                    body: Array("[\(request),\(request),\(request)]".utf8)
                )
                #expect(response.status == 200)
                let codes = try response.json().arrayValue?.map { $0["errors"]?[0]?["extensions"]?["code"] }
                #expect(codes == [nil, nil, "RATE_LIMITED"])
                #expect(response.headers.first("ratelimit")?.hasPrefix(#""requests";r=0;t="#) == true)
                #expect(response.headers.first("retry-after") != nil)
            }
        }
    }

    @Test func noRateLimitFieldsAreSentWithoutLimits() async throws {
        try await withLimits { gateway async throws in
            let response = try await gateway.askFirst(Self.oneCall)
            #expect(response.headers.first("ratelimit") == nil)
            #expect(response.headers.first("ratelimit-policy") == nil)
        }
    }

    @Test func cacheControlHasTheShortestRemainingLifetime() async throws {
        try await withLimits(clientMaximumAge: 3600) { gateway async throws in
            let response = try await gateway.askFirst(Self.oneCall)
            let value = try #require(response.headers.first("cache-control"))
            let age = try #require(value.split(separator: "private, max-age=").last.flatMap { Int($0) })
            #expect((1...30).contains(age))
            #expect(try await gateway.askFirst(Self.nothingUpstream).headers.first("cache-control") == "no-store")
            let failed = try await gateway.query(Self.oneCall, key: "nobody's")
            #expect(failed.headers.first("cache-control") == "no-store")
        }
    }

    @Test func gatewayReportHeaderAddsTheCallsToTheResponse() async throws {
        try await withLimits { gateway async throws in
            let body = JSONValue.object(["query": .string(Self.oneCall)]).serialized()
            let headers: [(name: String, value: String)] = [
                ("Content-Type", "application/json"), ("Authorization", "Bearer wsk_live_acme"),
            ]
            var reports: [JSONValue?] = []
            for more in [[], [("Gateway-Report", "calls")], [("gateway-report", "calls")]] {
                let response = try await gateway.send("POST", "/graphql", headers: headers + more, body: body)
                reports.append(try response.json()["extensions"]?["calls"])
            }
            let cached: JSONValue = [
                "estimated": ["min": 1, "max": 1], "priced": ["min": 1, "max": 1], "made": 0, "cached": 1, "shared": 0,
                "waitedMs": 0,
            ]
            #expect(reports == [nil, cached, cached])
        }
    }
}
