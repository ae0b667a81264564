import GatewayTestSupport
import JSON
import Synchronization
import Testing
import Upstream

@testable import Gateway

/// Clients cancel the tool calls of their sessions; writes are carried out all the same.
@Suite struct MCPCancellationTests {
    private static let sdl = """
        schema @upstream { query: Query, mutation: Mutation }
        type Query {
          thing(id: ID!): Thing
            @rest(get: "/things/{id}") @rpc(method: "things.get") @resource(uri: "shop://things/{id}")
        }
        type Mutation {
          create(name: String): Thing @rest(post: "/things") @rpc(method: "things.create")
        }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String }
        """

    /// An upstream that responds when it is released, or when its caller is cancelled.
    private final class Upstream: Transport {
        private let held = Mutex<[AsyncStream<Never>.Continuation]>([])
        private let cancelled = Atomic(0)

        /// How many calls have been cancelled.
        var cancellations: Int { cancelled.load(ordering: .acquiring) }

        /// Waits until so many calls wait for a response.
        func calls(reach count: Int) async {
            while held.withLock(\.count) < count, !Task.isCancelled { await Task.yield() }
        }

        /// Responds to all calls.
        func release() { for continuation in held.withLock({ $0 }) { continuation.finish() } }

        func send(
            _ requests: [TransportRequest],
            receive: (Int, Result<TransportResponse, TransportError>) -> Void
        ) async {
            let (never, continuation) = AsyncStream<Never>.makeStream()
            held.withLock { $0.append(continuation) }
            for await _ in never {}
            if Task.isCancelled { cancelled.add(1, ordering: .releasing) }
            for position in requests.indices {
                let response = TransportResponse(status: 200, body: Array(#"{"id":"a","name":"A"}"#.utf8))
                let failure = TransportError(.cancelled, "Cancelled.", requestMayHaveBeenSent: true)
                receive(position, Task.isCancelled ? .failure(failure) : .success(response))
            }
        }
    }

    private let upstream = Upstream()
    private let service: MCPService
    private let caller = Caller(credential: Credential(key: "k"))

    init() throws {
        let configuration = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        service = MCPService(RPCService(service: GatewayService(configuration)))
    }

    private func respond(
        _ message: String,
        session: String? = nil,
        caller: Caller? = nil
    ) -> Reply<MCPResponse> {
        let headers = MCPHeaders(protocolVersion: "2025-11-25", sessionID: session)
        return service.respond(to: Array(message.utf8), headers: headers, caller: caller ?? self.caller)
    }

    private func begin() async throws -> String {
        let params = #"{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"#
        let message = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":\#(params)}"#
        return try #require(await respond(message).value().sessionID)
    }

    private static func call(_ tool: String, _ arguments: String, id: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    }

    private static func cancellation(of id: String) -> String {
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id),"reason":"Stop."}}"#
    }

    private static func result(_ response: MCPResponse) throws -> JSONValue {
        try #require(try JSONValue(parsing: response.body ?? [])["result"])
    }

    static let reads = [
        ("things_get", #"{"id":"a"}"#, "7"),
        ("graphql_execute", #"{"query":"{ thing(id: \"a\") { name } }"}"#, #""x""#),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: reads)
    func aReadIsCancelledByItsClient(tool: String, arguments: String, id: String) async throws {
        let session = try await begin()
        let reply = respond(Self.call(tool, arguments, id: id), session: session)
        async let response = reply.value()
        await upstream.calls(reach: 1)
        let other = try await begin()
        var stranger = Caller()
        stranger.address = "192.0.2.1"
        // Neither another id, nor another session, nor none, nor another caller names this call.
        #expect(await respond(Self.cancellation(of: "8"), session: session).value().status == 202)
        #expect(await respond(Self.cancellation(of: id), session: other).value().status == 202)
        #expect(await respond(Self.cancellation(of: id)).value().status == 202)
        _ = await respond(Self.cancellation(of: id), session: session, caller: stranger).value()
        #expect(upstream.cancellations == 0)
        #expect(await respond(Self.cancellation(of: id), session: session).value().status == 202)
        let result = try Self.result(await response)
        #expect(result["isError"] == true)
        #expect(result["content"]?[0]?["text"]?.stringValue?.contains("REQUEST_CANCELLED") == true, "\(result)")
        #expect(upstream.cancellations == 1)
        // What has ended cannot be cancelled.
        #expect(await respond(Self.cancellation(of: id), session: session).value().status == 202)
    }

    @Test(.timeLimit(.minutes(5)))
    func aWriteIsCarriedOutAlthoughItsClientCancelsIt() async throws {
        let session = try await begin()
        let reply = respond(Self.call("things_create", #"{"name":"A"}"#, id: "7"), session: session)
        async let response = reply.value()
        await upstream.calls(reach: 1)
        #expect(await respond(Self.cancellation(of: "7"), session: session).value().status == 202)
        upstream.release()
        let result = try Self.result(await response)
        #expect(result["isError"] == false)
        let content = result["structuredContent"]
        #expect(content?["name"] == "A" || content?["result"]?["name"] == "A", "\(result)")
        #expect(upstream.cancellations == 0)
    }

    @Test func aCancellationWithoutAnIDIsAccepted() async throws {
        let session = try await begin()
        for params in ["{}", #"{"requestId":null}"#, "[]", #"{"requestId":{}}"#] {
            let message = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":\#(params)}"#
            #expect(await respond(message, session: session).value().status == 202)
        }
    }
}
