import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSONRPC
import NIOCore
import Testing
import Upstream

/// Long work for one connection holds up no other one of the same event loop.
///
/// One at a time: each stops a thread that long work of the whole process is done on.
@Suite(.serialized) struct BoundedWorkTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { things: [Thing!] @rest(list: "/things") }
        type Thing { id: ID! name: String }
        """

    /// Stops the thread that has served a request.
    private final class Stopping: GatewayObserver {
        private let stop: ThreadStop

        init(_ stop: ThreadStop) { self.stop = stop }

        func requestCompleted(_ record: RequestRecord) { stop.arrive() }
    }

    /// Requests that take long, each in another stage.
    enum Request: String, CaseIterable {
        case response
        case repetition
        case validation
        case batch
        case calls

        var path: String { self == .calls ? "/rpc" : "/graphql" }

        var body: String {
            switch self {
            case .response: #"{"query":"{ things { id name } }"}"#
            // Few bytes, and none of the upstream, become many.
            case .repetition:
                #"{"query":"{ \#((0..<200).map { "a\($0):__schema{...s} " }.joined())} "#
                    + "fragment s on __Schema{types{name description fields{name description}}}\"}"
            case .validation: #"{"query":"{ \#((0..<4000).map { "nothing\($0) " }.joined()) }"}"#
            case .batch: "[" + (0..<2000).map { #"{"query":"{ nothing\#($0) }"}"# }.joined(separator: ",") + "]"
            case .calls:
                "["
                    + (0..<1000).map { #"{"jsonrpc":"2.0","method":"none.\#($0)","id":\#($0)}"# }
                    .joined(separator: ",") + "]"
            }
        }
    }

    /// Lends a server to a test, whose upstream has many rows.
    private func run(_ body: (HTTPServer, ThreadStop) async throws -> Void) async throws {
        let rows = (0..<20_000).map { #"{"id":\#($0),"name":"a name of some length"}"# }.joined(separator: ",")
        let upstream = HeldTransport { _ in (200, "[\(rows)]") }
        upstream.open()
        let stop = ThreadStop()
        var service = try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        service.observer = Stopping(stop)
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.graphQL.maximumBatch = 2000
        configuration.server.rpc.maximumBatch = 2000
        configuration.server.messages.initializationTimeout = .seconds(120)
        let server = try await buildGateway(configuration).start()
        try await body(server, stop)
        try await server.shutDown(delays: false)
    }

    @Test(arguments: [Request.validation, .calls])
    func othersAreServedWhileALongMessageIsRead(request: Request) async throws {
        try await run { server, stop in
            let client: WebSocketClient
            let (long, next, response): (String, String, String)
            if request == .calls {
                client = try await WebSocketClient(to: server.address)
                (long, next) = (request.body, call("none", id: 5000))
                response = "[{"
            } else {
                client = try await WebSocketClient.graphQL(to: server.address)
                long = #"{"id":"l","type":"subscribe","payload":\#(request.body)}"#
                next = #"{"type":"ping"}"#
                response = #"{"id":"l","type":"error""#
            }
            // The next message is taken after the long one, whichever has its response first.
            client.send(long, next)
            await stop.stopped()
            let isServed = await RawConnection.isServed(by: server.address)
            stop.goOn()
            #expect(isServed)
            var texts: [String] = []
            for _ in 0..<2 { texts.append(String(decoding: await client.next()?.payload ?? [], as: UTF8.self)) }
            #expect(texts.contains { $0.hasPrefix(response) }, "\(texts.map { $0.prefix(80) })")
        }
    }

    @Test(arguments: Request.allCases) func othersAreServedWhileALongRequestIsProcessed(request: Request) async throws {
        try await run { server, stop in
            let long = try RawConnection(to: server.address)
            long.send(
                "POST \(request.path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer k\r\nConnection: close\r\n"
                    + "Content-Length: \(request.body.utf8.count)\r\n\r\n\(request.body)"
            )
            await stop.stopped()
            let isServed = await RawConnection.isServed(by: server.address)
            stop.goOn()
            #expect(isServed)
            #expect(await long.readToEnd().hasPrefix("HTTP/1.1 "))
        }
    }
}
