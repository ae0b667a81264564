internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A sandbox that listens on a port.
package final class SandboxServer: Sendable {
    /// The address that the server is bound to.
    package let host: String

    /// The port that the server is bound to, also when any free one was asked for.
    package let port: Int

    private let engine: SharedEngine
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    private init(engine: SharedEngine, group: MultiThreadedEventLoopGroup, channel: any Channel, host: String) {
        self.engine = engine
        self.group = group
        self.channel = channel
        self.host = host
        port = channel.localAddress?.port ?? 0
    }

    /// Makes the data, binds the port and serves until `shutdown`.
    package static func start(configuration: SandboxConfiguration) async throws -> SandboxServer {
        let engine = SharedEngine(SandboxEngine(configuration))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let maximumBodySize = configuration.maximumBodySize
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers = channel.pipeline.syncOperations
                    try handlers.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    try handlers.addHandler(ConnectionHandler(engine: engine, maximumBodySize: maximumBodySize))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
            scheduleChanges(every: configuration.changeInterval, of: engine, on: channel.eventLoop)
            return SandboxServer(engine: engine, group: group, channel: channel, host: configuration.host)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// The address of the server, without a path: `http://127.0.0.1:9090`.
    package var baseURL: String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }

    /// The calls that the API has had since the start or the last reset.
    package func calls() -> SandboxCalls {
        engine.withEngine { $0.calls }
    }

    /// The latest changes that nobody asked for, oldest first.
    package func changes() -> [SandboxChange] {
        engine.withEngine { $0.changes }
    }

    /// The rows of a collection, such as `issues`, that a key has the right to see, those in Trash included.
    package func rows(of collection: String, seenBy key: String) -> [SandboxRow] {
        engine.withEngine { $0.rows(of: collection, seenBy: key) }
    }

    /// Changes one issue in every workspace, as the interval of changes does by itself.
    @discardableResult
    package func changeRows() -> [SandboxChange] {
        engine.withEngine { $0.changeRows(now: $0.configuration.now()) }
    }

    /// From now on other faults happen, until the next reset: for an upstream that fails and recovers.
    package func setFaults(_ faults: SandboxFaults) {
        engine.withEngine { $0.setFaults(faults) }
    }

    /// Goes back to the seed and the configuration: data, budgets, counters and faults.
    package func reset() {
        engine.withEngine { $0.reset() }
    }

    /// Closes the port and all connections.
    package func shutdown() async throws {
        try await group.shutdownGracefully()
    }

    private static func scheduleChanges(every interval: Duration, of engine: SharedEngine, on eventLoop: any EventLoop)
    {
        guard interval > .zero else { return }
        let amount = TimeAmount(interval)
        eventLoop.scheduleRepeatedTask(initialDelay: amount, delay: amount) { _ in
            engine.withEngine { _ = $0.changeRows(now: $0.configuration.now()) }
        }
    }
}
