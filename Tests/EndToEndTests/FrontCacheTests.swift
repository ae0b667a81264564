import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Synchronization
import Testing
import Upstream

/// Complete responses that are sent again: only to equal requests, and only as long as they would be the same.
@Suite struct FrontCacheTests {
    private typealias Headers = [(name: String, value: String)]

    private static let query = "{ issues(first: 3) { nodes { id title } } }"

    private func post(
        _ gateway: GatewayUnderTest,
        key: String = SandboxUnderTest.ownerKey("acme"),
        headers: [(name: String, value: String)] = []
    ) async throws -> GatewayUnderTest.Response {
        let body: JSONValue = ["query": .string(Self.query)]
        let own: Headers = [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")]
        return try await gateway.send("POST", "/graphql", headers: own + headers, body: body.serialized())
    }

    /// Asks as often as it takes until the response is sent again.
    private func fill(_ gateway: GatewayUnderTest) async throws -> GatewayUnderTest.Response {
        for _ in 1...5 { _ = try await post(gateway) }
        let before = gateway.service.repeatedResponseCount
        let response = try await post(gateway)
        #expect(gateway.service.repeatedResponseCount == before + 1)
        return response
    }

    @Test func anEqualRequestGetsTheSameBytesWithoutACall() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let first = try await post(gateway)
                _ = try await fill(gateway)
                let (calls, repeated) = (sandbox.server.calls().total, gateway.service.repeatedResponseCount)
                let again = try await post(gateway, headers: [("User-Agent", "other")])
                #expect(gateway.service.repeatedResponseCount == repeated + 1)
                #expect(again.body == first.body)
                #expect(again.status == first.status)
                #expect(again.headers.first("vary") == first.headers.first("vary"))
                #expect(again.headers.first("cache-control") == "no-cache")
                #expect(sandbox.server.calls().total == calls)
            }
        }
    }

    /// Header fields that make a request another one.
    static let differing: [[(name: String, value: String)]] = [
        [("Gateway-Report", "calls")], [("Accept", "application/graphql-response+json")],
        [("Accept-Encoding", "gzip")], [("Workspace-Key", "acme wsk_live_other")], [("Origin", "https://app.example")],
    ]

    @Test(arguments: differing) func aRequestThatDiffersIsServedAnew(
        headers: [(name: String, value: String)]
    ) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                _ = try await fill(gateway)
                let before = gateway.service.repeatedResponseCount
                _ = try await post(gateway, headers: headers)
                #expect(gateway.service.repeatedResponseCount == before)
            }
        }
    }

    @Test func anotherKeyIsServedItsOwn() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let owner = try await fill(gateway)
                let unknown = try await post(gateway, key: "wsk_live_unknown")
                #expect(try unknown.json()["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED")
                #expect(try await post(gateway).body == owner.body)
                let before = gateway.service.repeatedResponseCount
                for _ in 1...6 { _ = try await post(gateway, key: "wsk_live_acme_member") }
                #expect(gateway.service.repeatedResponseCount > before)
                let member = try await post(gateway, key: "wsk_live_acme_member").json()
                let seen = member["data"]?["issues"]?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                let own = try await sandbox.ids(of: "issues", key: "wsk_live_acme_member")
                #expect(!seen.isEmpty)
                #expect(own.isSuperset(of: seen))
            }
        }
    }

    @Test func aWriteIsSeenByTheNextEqualRequest() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let nodes = try await fill(gateway).json()["data"]?["issues"]?["nodes"]
                let id = try #require(nodes?[0]?["id"]?.stringValue)
                for title in ["One", "Two"] {
                    let write =
                        "mutation { updateIssue(id: \"\(id)\", input: { title: \"\(title)\" }) { issue { id } } }"
                    _ = try await gateway.query(write, key: SandboxUnderTest.ownerKey("acme"))
                    let seen = try await post(gateway).json()["data"]?["issues"]?["nodes"]?.arrayValue
                    #expect(seen?.first { $0["id"]?.stringValue == id }?["title"] == .string(title))
                    _ = try await fill(gateway)
                }
            }
        }
    }

    /// One refused call ends everything that was fetched with a key, responses that are sent again included.
    @Test func aRevokedKeyGetsNoResponseAgain() async throws {
        let isRevoked = Atomic(false)
        let upstream = try await ScriptedServer.start { request in
            if isRevoked.load(ordering: .relaxed) { return .http(401, body: "") }
            let isList = request.target.hasPrefix("/issues?")
            return .http(body: isList ? #"{"data":[{"id":"1","title":"A"}],"count":1}"# : #"{"id":"p","name":"P"}"#)
        }
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL) { gateway in
            #expect(try await fill(gateway).json()["data"]?["issues"]?["nodes"]?[0]?["title"] == "A")
            isRevoked.store(true, ordering: .relaxed)
            let repeated = gateway.service.repeatedResponseCount
            _ = try await gateway.query(#"{ project(id: "p") { name } }"#, key: SandboxUnderTest.ownerKey("acme"))
            let refused = try await post(gateway).json()
            #expect(refused["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED")
            #expect(gateway.service.repeatedResponseCount == repeated)
        }
        try await upstream.shutdown()
    }

    @Test func aStaleResponseIsNotSentAgain() async throws {
        let time = ManualTime()
        var options = GatewayUnderTest.Options()
        options.now = { time.now }
        options.server.graphQL.clientMaximumAge = 20
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                let cached = try await fill(gateway)
                #expect(cached.headers.first("cache-control") == "private, max-age=20")
                time.advance(by: .seconds(15))
                let older = try await post(gateway)
                #expect(older.body == cached.body)
                #expect(older.headers.first("cache-control") == "private, max-age=15")
                let before = gateway.service.repeatedResponseCount
                time.advance(by: .seconds(15))
                _ = try await post(gateway)
                #expect(gateway.service.repeatedResponseCount == before)
            }
        }
    }

    /// A clock that is set by hand.
    private final class ManualTime: Sendable {
        private let instant = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { instant.withLock { $0 } }

        func advance(by duration: Duration) { instant.withLock { $0 += duration } }
    }
}
