internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A sandbox that listens on a port.
package final class SandboxServer: Sendable {
    /// The address that the server is bound to.
    package let host: String

    /// The port that the server is bound to, also if any free one was requested.
    package let port: Int

    private let engine: SharedEngine
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let sender: WebhookSender

    private init(
        engine: SharedEngine,
        group: MultiThreadedEventLoopGroup,
        channel: any Channel,
        host: String,
        sender: WebhookSender
    ) {
        self.sender = sender
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
        let sender = WebhookSender(group: group)
        let maximumBodySize = configuration.maximumBodySize
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers = channel.pipeline.syncOperations
                    try handlers.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    try handlers.addHandler(
                        ConnectionHandler(engine: engine, sender: sender, maximumBodySize: maximumBodySize)
                    )
                }
            }
        do {
            let channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
            scheduleChanges(every: configuration.changeInterval, of: engine, sender, on: channel.eventLoop)
            return SandboxServer(
                engine: engine,
                group: group,
                channel: channel,
                host: configuration.host,
                sender: sender
            )
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

    /// Returns the latest simulated changes, oldest first: those made without a request to the API.
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
        let (made, deliveries) = engine.withEngine { engine in
            (engine.changeRows(now: engine.configuration.now()), engine.takeDeliveries())
        }
        sender.send(deliveries)
        return made
    }

    /// Sends the events of a workspace to a URL from now on; nil: they are not sent.
    package func setWebhook(_ webhook: SandboxWebhook?, ofWorkspace slug: String) {
        engine.withEngine { $0.setWebhook(webhook, ofWorkspace: slug) }
    }

    /// Waits until all events so far have been responded to.
    ///
    /// - Returns: the statuses of the responses since the last call; 0: there was none.
    package func deliveredWebhooks() async -> [Int] { await sender.delivered() }

    /// From now on other faults happen, until the next reset: for an upstream that fails and recovers.
    package func setFaults(_ faults: SandboxFaults) {
        engine.withEngine { $0.setFaults(faults) }
    }

    /// From now on these keys, and no others, are refused with 401, until the next reset.
    package func setRevoked(_ keys: Set<String>) {
        engine.withEngine { $0.revokedKeys = keys }
    }

    /// Goes back to the seed and the configuration: data, budgets, counters and faults.
    package func reset() {
        engine.withEngine { $0.reset() }
    }

    /// Closes the port and all connections.
    package func shutdown() async throws {
        try await group.shutdownGracefully()
    }

    private static func scheduleChanges(
        every interval: Duration,
        of engine: SharedEngine,
        _ sender: WebhookSender,
        on eventLoop: any EventLoop
    ) {
        guard interval > .zero else { return }
        let amount = TimeAmount(interval)
        eventLoop.scheduleRepeatedTask(initialDelay: amount, delay: amount) { _ in
            let deliveries = engine.withEngine { engine in
                _ = engine.changeRows(now: engine.configuration.now())
                return engine.takeDeliveries()
            }
            sender.send(deliveries)
        }
    }
}
