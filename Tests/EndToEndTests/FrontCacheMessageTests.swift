import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Synchronization
import Testing
import Upstream

/// Complete responses to JSON-RPC messages that are sent again: for any id, and only as long as they would be the same.
@Suite struct FrontCacheMessageTests {
    private typealias Headers = [(name: String, value: String)]

    /// A protocol whose messages are JSON-RPC's.
    enum MessageProtocol: CaseIterable, Sendable {
        case rpc
        case mcp

        var path: String {
            switch self {
            case .rpc: "/rpc"
            case .mcp: "/mcp"
            }
        }

        /// A call for the first issues.
        func message(id: String) -> String {
            switch self {
            case .rpc: #"{"jsonrpc":"2.0","id":\#(id),"method":"issues.list","params":{"first":3}}"#
            case .mcp:
                #"{"jsonrpc":"2.0","method":"tools/call","id":\#(id),"#
                    + #""params":{"name":"issues_list","arguments":{"first":3}}}"#
            }
        }

        /// A response as it is compared: without what the call took, which differs where another call has filled the cache.
        func comparable(_ text: String) -> String {
            switch self {
            case .rpc: text
            case .mcp: text.replacing(/,"_meta":\{"calls":\{[^}]*\}[^}]*\}\}/, with: "")
            }
        }

        /// The issues of a response.
        func issues(_ response: GatewayUnderTest.Response) throws -> [JSONValue] {
            let result = try response.json()["result"]
            let connection =
                switch self {
                case .rpc: result
                case .mcp: result?["structuredContent"]?["result"] ?? result?["structuredContent"]
                }
            return connection?["nodes"]?.arrayValue ?? []
        }
    }

    private func post(
        _ message: String,
        _ tested: MessageProtocol,
        to gateway: GatewayUnderTest,
        key: String = SandboxUnderTest.ownerKey("acme"),
        headers: [(name: String, value: String)] = []
    ) async throws -> GatewayUnderTest.Response {
        let own: Headers = [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")]
        return try await gateway.send("POST", tested.path, headers: own + headers, body: Array(message.utf8))
    }

    /// Sends messages with other ids until a response is sent again.
    private func fill(
        _ tested: MessageProtocol,
        _ gateway: GatewayUnderTest,
        key: String = SandboxUnderTest.ownerKey("acme")
    ) async throws -> GatewayUnderTest.Response {
        for id in 1...5 { _ = try await post(tested.message(id: "\(id)"), tested, to: gateway, key: key) }
        let before = gateway.service.repeatedResponseCount
        let response = try await post(tested.message(id: "6"), tested, to: gateway, key: key)
        #expect(gateway.service.repeatedResponseCount == before + 1)
        return response
    }

    @Test(arguments: MessageProtocol.allCases, ["0", "7", "123456789", "\"7\"", "\"a-b_c.d:e\""])
    func anotherIDGetsTheSameResultWithoutACall(tested: MessageProtocol, id: String) async throws {
        var options = GatewayUnderTest.Options()
        options.server.graphQL.clientMaximumAge = 20
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                // Of MCP, the result states what the call took: the next ones take nothing.
                _ = try await post(tested.message(id: "1"), tested, to: gateway)
                let first = try await post(tested.message(id: "1"), tested, to: gateway)
                _ = try await fill(tested, gateway)
                let (calls, repeated) = (sandbox.server.calls().total, gateway.service.repeatedResponseCount)
                let again = try await post(tested.message(id: id), tested, to: gateway)
                #expect(gateway.service.repeatedResponseCount == repeated + 1)
                #expect(again.text == String(first.text.dropLast(2)) + "\(id)}")
                #expect(again.status == first.status)
                #expect(again.headers.first("cache-control") == first.headers.first("cache-control"))
                #expect(sandbox.server.calls().total == calls)
            }
        }
    }

    /// Messages that are no equal calls with another plain id.
    static let differing: [@Sendable (MessageProtocol) -> String] = [
        { $0.message(id: "1.0") }, { $0.message(id: "007") }, { $0.message(id: #""\u0061""#) },
        { $0.message(id: "[1]") }, { $0.message(id: "null") }, { $0.message(id: "1,\"id\":2") },
        { $0.message(id: "8").replacing(":3", with: ":4") }, { $0.message(id: "8").replacing("\"id\":8,", with: "") },
        { "[\($0.message(id: "8"))]" },
    ]

    @Test(arguments: MessageProtocol.allCases, differing.indices)
    func aMessageThatDiffersIsServedAnew(tested: MessageProtocol, index: Int) async throws {
        let message = Self.differing[index](tested)
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let expected = try await sandbox.withGateway { try await post(message, tested, to: $0).text }
            try await sandbox.withGateway { gateway in
                _ = try await fill(tested, gateway)
                let before = gateway.service.repeatedResponseCount
                let response = try await post(message, tested, to: gateway)
                #expect(gateway.service.repeatedResponseCount == before)
                #expect(tested.comparable(response.text) == tested.comparable(expected))
            }
        }
    }

    @Test(arguments: MessageProtocol.allCases) func aCompressedResponseHasTheIDOfItsMessage(
        tested: MessageProtocol
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.server.filters.compressionThreshold = 1
        let gzip = [(name: "Accept-Encoding", value: "gzip")]
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let expected = try await sandbox.withGateway(options: options) {
                _ = try await post(tested.message(id: "6"), tested, to: $0, headers: gzip)
                return try await post(tested.message(id: "7"), tested, to: $0, headers: gzip)
            }
            try await sandbox.withGateway(options: options) { gateway in
                for _ in 1...6 { _ = try await post(tested.message(id: "6"), tested, to: gateway, headers: gzip) }
                #expect(gateway.service.repeatedResponseCount > 0)
                let response = try await post(tested.message(id: "7"), tested, to: gateway, headers: gzip)
                #expect(response.headers.first("content-encoding") == "gzip")
                #expect(response.body == expected.body)
            }
        }
    }

    @Test(arguments: MessageProtocol.allCases) func anotherKeyIsServedItsOwn(tested: MessageProtocol) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let owner = try await fill(tested, gateway)
                let message = tested.message(id: "6")
                let unknown = try await post(message, tested, to: gateway, key: "wsk_live_unknown")
                #expect(unknown.text.contains("UNAUTHENTICATED"))
                #expect(try await post(message, tested, to: gateway).body == owner.body)
                let member = try await fill(tested, gateway, key: "wsk_live_acme_member")
                let seen = try tested.issues(member).compactMap { $0["id"]?.stringValue }
                let own = try await sandbox.ids(of: "issues", key: "wsk_live_acme_member")
                #expect(!seen.isEmpty)
                #expect(own.isSuperset(of: seen))
            }
        }
    }

    @Test(arguments: MessageProtocol.allCases) func aWriteIsSeenByTheNextMessage(tested: MessageProtocol) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let id = try #require(try tested.issues(try await fill(tested, gateway)).first?["id"]?.stringValue)
                for title in ["One", "Two"] {
                    let write =
                        "mutation { updateIssue(id: \"\(id)\", input: { title: \"\(title)\" }) { issue { id } } }"
                    _ = try await gateway.query(write, key: SandboxUnderTest.ownerKey("acme"))
                    let seen = try tested.issues(try await post(tested.message(id: "9"), tested, to: gateway))
                    #expect(seen.first { $0["id"]?.stringValue == id }?["title"] == .string(title))
                    _ = try await fill(tested, gateway)
                }
            }
        }
    }

    @Test(arguments: MessageProtocol.allCases) func aStaleResponseIsNotSentAgain(tested: MessageProtocol) async throws {
        let instant = Instant()
        var options = GatewayUnderTest.Options()
        options.now = { instant.now }
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                _ = try await fill(tested, gateway)
                let before = gateway.service.repeatedResponseCount
                instant.advance(by: .seconds(31))
                _ = try await post(tested.message(id: "7"), tested, to: gateway)
                #expect(gateway.service.repeatedResponseCount == before)
            }
        }
    }

    /// A clock that is set by hand.
    private final class Instant: Sendable {
        private let instant = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { instant.withLock { $0 } }

        func advance(by duration: Duration) { instant.withLock { $0 += duration } }
    }
}
