internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
private import Synchronization

/// A server of HTTP, and perhaps of other protocols on sockets of their own.
package final class HTTPServer: Sendable {
    /// Where the server listens, with the port that the system chose.
    package let address: ListenAddress
    private let group: MultiThreadedEventLoopGroup
    private let registry: ConnectionRegistry
    private let listeners: [Listener]
    private let limits: ServerLimits
    private let state: ServerState
    private let isShutDown = Atomic(false)

    /// A socket of another protocol, and what makes the handlers of its connections.
    struct Socket: Sendable {
        let address: BindAddress
        let addHandlers: @Sendable (any Channel, EventLoopExecutor, ConnectionMonitor) throws -> Void
    }

    /// How a server serves.
    struct Options: Sendable {
        /// The limits of one connection.
        var connection = ConnectionLimits()
        /// The limits of all connections together.
        var limits = ServerLimits()
        /// The number of event loops; one for each core if nil.
        var threads: Int?
        /// Sockets of other protocols.
        var sockets: [Socket] = []
    }

    private init(
        address: ListenAddress,
        group: MultiThreadedEventLoopGroup,
        registry: ConnectionRegistry,
        listeners: [Listener],
        limits: ServerLimits,
        state: ServerState
    ) {
        self.address = address
        self.group = group
        self.registry = registry
        self.listeners = listeners
        self.limits = limits
        self.state = state
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - routes: what serves requests.
    ///   - filters: what all requests pass before they are routed; the first sees them first.
    ///   - listen: the address of HTTP.
    ///   - options: how it serves.
    ///   - state: learns when the server stops.
    /// - Returns: the server.
    /// - Throws: `ListenFailure`.
    static func start(
        routes: [Route],
        filters: [any HTTPFilter],
        listen: ListenAddress,
        options: Options,
        state: ServerState
    ) async throws -> HTTPServer {
        let limits = options.limits
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads ?? System.coreCount)
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), EventLoopExecutor($0)) }
        )
        let registry = ConnectionRegistry(
            counts: limits.connections,
            maximumUnreadBytes: limits.maximumUnreadBytes,
            memoryWasReleased: limits.memoryWasReleased
        )
        let requestBytes = ByteBudget(limit: limits.maximumRequestBytes, didShrink: limits.memoryWasReleased)
        let endpoint = Router(routes).filtered(by: filters)
        let sockets = [Self.socket(of: endpoint, at: listen, options.connection)] + options.sockets
        var listeners: [Listener] = []
        do {
            for socket in sockets {
                let listener = try await Listener.start(
                    at: socket.address,
                    group: group,
                    registry: registry,
                    log: limits.log
                ) { channel in
                    guard let executor = executors[ObjectIdentifier(channel.eventLoop)] else { return }
                    let monitor = ConnectionMonitor(registry: registry, requestBytes: requestBytes)
                    try channel.pipeline.syncOperations.addHandler(monitor)
                    try socket.addHandlers(channel, executor, monitor)
                }
                listeners.append(listener)
            }
        } catch {
            for listener in listeners { await listener.close() }
            try await group.shutdownGracefully()
            throw error
        }
        return HTTPServer(
            address: listeners.lazy.compactMap(\.listenAddress).first ?? listen,
            group: group,
            registry: registry,
            listeners: listeners,
            limits: limits,
            state: state
        )
    }

    private static func socket(
        of endpoint: any Endpoint,
        at address: ListenAddress,
        _ limits: ConnectionLimits
    ) -> Socket {
        Socket(address: .address(address)) { channel, executor, monitor in
            let decoder = ByteToMessageHandler(limits.requestDecoder())
            let handler = HTTP1ConnectionHandler(
                endpoint: endpoint,
                limits: limits,
                decoder: decoder,
                executor: executor,
                monitor: monitor
            )
            try channel.pipeline.syncOperations.addHandlers(decoder, handler)
        }
    }

    /// The address of the first socket beside HTTP's that has one.
    package var lineAddress: ListenAddress? { listeners.dropFirst().lazy.compactMap(\.listenAddress).first }

    /// The open connections.
    package var connectionCount: Int { registry.count }

    /// Stops to listen, lets what has begun end within the drain timeout, and closes all connections.
    package func shutDown() async throws {
        guard isShutDown.exchange(true, ordering: .relaxed) == false else { return }
        state.beginDraining()
        for listener in listeners { await listener.close() }
        try await registry.drain(within: limits.drainTimeout, on: group.any()).get()
        try await group.shutdownGracefully()
    }
}

extension Listener {
    /// The host and port where it listens; nil if that is a path.
    fileprivate var listenAddress: ListenAddress? {
        if case .address(let address) = address { address } else { nil }
    }
}
