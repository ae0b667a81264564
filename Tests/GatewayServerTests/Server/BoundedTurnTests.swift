import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Synchronization
import Testing
import Upstream

/// What few bytes ask for holds up no other connection of the same event loop either.
///
/// One at a time: each stops a thread of the process.
@Suite(.serialized) struct BoundedTurnTests {
    private static let sdl = """
        schema @upstream { query: Query }
        type Query { things: [Thing!] @rest(list: "/things") }
        type Thing { id: ID! name: String }
        """

    /// An upstream that stops the thread on which its first call is made.
    private final class StoppingTransport: Transport {
        let stop = ThreadStop()

        func send(
            _ requests: [TransportRequest],
            receive: (Int, Result<TransportResponse, TransportError>) -> Void
        ) async {
            stop.arrive()
            for position in requests.indices {
                receive(position, .success(TransportResponse(status: 200, body: Array(#"[{"id":"1"}]"#.utf8))))
            }
        }
    }

    /// Short requests with many operations, or many lists.
    enum Request: CaseIterable {
        case aliases
        case batch
        case calls

        var path: String { self == .calls ? "/rpc" : "/graphql" }

        var body: String {
            switch self {
            case .aliases: #"{"query":"{ \#((0..<40).map { "a\($0):things{id}" }.joined(separator: " ")) }"}"#
            case .batch: "[" + (0..<20).map { #"{"query":"{a\#($0):things{id}}"}"# }.joined(separator: ",") + "]"
            case .calls:
                "["
                    + (0..<20).map {
                        #"{"jsonrpc":"2.0","method":"graphql.execute","params":["{things{id}}"],"id":\#($0)}"#
                    }.joined(separator: ",") + "]"
            }
        }
    }

    /// Lends a server with one event loop to a test.
    private func run(
        _ transport: some Transport,
        _ observer: (any GatewayObserver)? = nil,
        _ body: (HTTPServer) async throws -> Void
    ) async throws {
        var service = try ServiceConfiguration.oneWorkspace(Self.sdl, before: transport)
        service.observer = observer
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.graphQL.maximumBatch = 100
        let server = try await buildGateway(configuration).start()
        try await body(server)
        try await server.shutDown(delays: false)
    }

    @Test(arguments: Request.allCases) func othersAreServedWhileManyOperationsAreExecuted(request: Request) async throws
    {
        #expect(request.body.utf8.count < 4096)
        let upstream = StoppingTransport()
        try await run(upstream) { server in
            let long = try RawConnection(to: server.address)
            long.send(
                "POST \(request.path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer k\r\nConnection: close\r\n"
                    + "Content-Length: \(request.body.utf8.count)\r\n\r\n\(request.body)"
            )
            await upstream.stop.stopped()
            let isServed = await RawConnection.isServed(by: server.address)
            upstream.stop.goOn()
            #expect(isServed)
            let response = await long.readToEnd()
            #expect(
                response.hasPrefix("HTTP/1.1 200 ") && response.contains(#"[{"id":"1"}]"#),
                "\(response.prefix(400))"
            )
        }
    }

    /// Notes the order of the operations, and stops the event loop after the first one.
    private final class Order: GatewayObserver {
        private let names = Mutex<[String]>([])
        private let stop = ThreadStop()

        var all: [String] { names.withLock { $0 } }

        func requestCompleted(_ record: RequestRecord) {
            names.withLock { $0.append(record.outcome.name ?? "") }
            stop.arrive()
        }

        /// Waits until so many operations are complete.
        func reaches(_ count: Int) async { while all.count < count, !Task.isCancelled { await Task.yield() } }

        /// Lets the event loop continue.
        func goOn() { stop.goOn() }
    }

    @Test func othersAreServedBetweenPipelinedRequests() async throws {
        func request(_ name: String) -> String {
            let body = #"{"query":"query \#(name){__typename}"}"#
            return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let count = 500
        let order = Order()
        try await run(StoppingTransport(), order) { server in
            let (many, other) = (try RawConnection(to: server.address), try RawConnection(to: server.address))
            many.send(request("first"))
            await order.reaches(1)
            // All of them have arrived when the event loop continues.
            many.send(String(repeating: request("many"), count: count))
            other.send(request("other"))
            order.goOn()
            await order.reaches(count + 2)
            let position = order.all.firstIndex(of: "other") ?? .max
            // 8 KiB have room for 63 of them.
            #expect(position < 100, "\(position)")
        }
    }
}
