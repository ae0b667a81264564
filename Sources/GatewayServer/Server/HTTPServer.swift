internal import NIOCore
internal import NIOPosix
internal import NIOSSL
private import Synchronization

/// A server of HTTP, and perhaps of other protocols on sockets of their own.
package final class HTTPServer: Sendable {
    /// Where the server listens for HTTP, with the ports that the system chose.
    package let addresses: [BindAddress]
    /// Where it listens for other protocols.
    private let otherAddresses: [BindAddress]
    private let group: MultiThreadedEventLoopGroup
    private let registry: ConnectionRegistry
    private let listeners: [Listener]
    private let limits: ServerLimits
    private let state: ServerState
    private let tasks: RunningTasks
    private let isShutDown = Atomic(false)

    /// How long requests may take to end when the calls that they wait for have been ended.
    private static let endTimeout = TimeAmount.seconds(5)

    /// A socket, and what makes the handlers of its connections.
    struct Socket: Sendable {
        let address: BindAddress
        /// Whether HTTP is spoken.
        let speaksHTTP: Bool
        /// What it proves its name with; nil: it does not speak TLS.
        var tls: TLSCredentials?
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
    }

    private init(
        _ sockets: [Socket],
        group: MultiThreadedEventLoopGroup,
        registry: ConnectionRegistry,
        listeners: [Listener],
        limits: ServerLimits,
        state: ServerState,
        tasks: RunningTasks
    ) {
        let bound = zip(sockets, listeners.map(\.address))
        addresses = bound.filter { $0.0.speaksHTTP }.map { $0.1 }
        otherAddresses = bound.filter { !$0.0.speaksHTTP }.map { $0.1 }
        self.group = group
        self.registry = registry
        self.listeners = listeners
        self.limits = limits
        self.state = state
        self.tasks = tasks
    }

    /// Starts to serve HTTP on one socket.
    ///
    /// - Parameters:
    ///   - routes: what serves requests.
    ///   - filters: what all requests pass before they are routed; the first sees them first.
    ///   - listen: the address.
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
        let setup = HTTPConnectionSetup(
            endpoint: Router(routes).filtered(by: filters),
            limits: options.connection
        )
        return try await start([setup.socket(at: .address(listen))], options: options, state: state)
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - sockets: where, and for what.
    ///   - options: how it serves.
    ///   - state: learns when the server stops.
    /// - Returns: the server.
    /// - Throws: `ListenFailure`.
    static func start(_ sockets: [Socket], options: Options, state: ServerState) async throws -> HTTPServer {
        let limits = options.limits
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads ?? System.coreCount)
        let tasks = RunningTasks()
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), EventLoopExecutor($0, tasks)) }
        )
        let registry = ConnectionRegistry(
            counts: limits.connections,
            maximumUnreadBytes: limits.maximumUnreadBytes,
            server: state,
            memoryWasReleased: limits.memoryWasReleased
        )
        let requestBytes = ByteBudget(limit: limits.maximumRequestBytes, didShrink: limits.memoryWasReleased)
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
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = socket.tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls.context)) }
                    // Behind TLS, so that it counts what a client says and not how that was wrapped.
                    let monitor = ConnectionMonitor(registry: registry, requestBytes: requestBytes)
                    try pipeline.addHandler(monitor)
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
            sockets,
            group: group,
            registry: registry,
            listeners: listeners,
            limits: limits,
            state: state,
            tasks: tasks
        )
    }

    /// The host and port of the first socket that has them.
    package var address: ListenAddress {
        addresses.lazy.compactMap(\.hostAndPort).first ?? ListenAddress(host: "", port: 0)
    }

    /// The host and port of the first socket of another protocol that has them.
    package var lineAddress: ListenAddress? { otherAddresses.lazy.compactMap(\.hostAndPort).first }

    /// The open connections.
    package var connectionCount: Int { registry.count }

    /// Brings the server to its end without a lost request.
    ///
    /// For the drain delay it is not ready and still accepts and serves, so that load balancers learn of the end before it
    /// comes; then it stops to listen, lets what has begun end within the drain timeout, also for clients that have left, and
    /// closes all connections.
    ///
    /// - Parameters:
    ///   - delays: whether it waits for the drain delay.
    ///   - endUpstream: ends the calls that requests wait for, after which they end soon; the event loops end after them.
    /// - Throws: if the event loops cannot be stopped.
    package func shutDown(
        delays: Bool = true,
        endUpstream: () async -> Void = {}
    ) async throws {
        guard isShutDown.exchange(true, ordering: .relaxed) == false else { return }
        state.beginDraining()
        if delays, limits.drainDelay > .zero { await limits.sleep(limits.drainDelay) }
        for listener in listeners { await listener.close() }
        state.endStreams()
        let (eventLoop, deadline) = (group.any(), NIODeadline.now() + limits.drainTimeout)
        try await registry.drain(within: limits.drainTimeout, on: eventLoop).get()
        tasks.serverDidStop()
        try await tasks.completion(until: deadline, on: eventLoop).get()
        await endUpstream()
        try await tasks.completion(until: .now() + Self.endTimeout, on: eventLoop).get()
        try await group.shutdownGracefully()
    }
}
