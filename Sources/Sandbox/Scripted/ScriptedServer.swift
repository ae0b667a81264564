internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A server for tests of hostile upstreams: a closure scripts the response to every request.
package final class ScriptedServer: Sendable {
    private final class Journal: Sendable {
        let requests = Mutex<[ScriptedRequest]>([])
    }

    /// The port that the server is bound to.
    package let port: Int

    private let journal: Journal
    private let group: MultiThreadedEventLoopGroup

    private init(port: Int, journal: Journal, group: MultiThreadedEventLoopGroup) {
        self.port = port
        self.journal = journal
        self.group = group
    }

    /// Listens on a free loopback port; `response` is called once for every request, on the server's thread.
    package static func start(
        response: @escaping @Sendable (ScriptedRequest) -> ScriptedResponse
    ) async throws -> ScriptedServer {
        let journal = Journal()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ScriptedConnectionHandler { request in
                        journal.requests.withLock { $0.append(request) }
                        return response(request)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        do {
            let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            return ScriptedServer(port: channel.localAddress?.port ?? 0, journal: journal, group: group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// Responds by path and query; with 404 and no body to everything else.
    package static func start(responses: [String: ScriptedResponse]) async throws -> ScriptedServer {
        try await start { responses[$0.target] ?? .http(404, body: "") }
    }

    /// The address of the server, without a path.
    package var baseURL: String { "http://127.0.0.1:\(port)" }

    /// The requests so far, in the order in which they were complete.
    package func requests() -> [ScriptedRequest] {
        journal.requests.withLock { $0 }
    }

    /// Closes the port and all connections.
    package func shutdown() async throws {
        try await group.shutdownGracefully()
    }
}
