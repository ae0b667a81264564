internal import NIOCore
internal import NIOPosix
internal import NIOSSL
private import Synchronization

/// A server for HTTP, and for other protocols on sockets of their own.
package final class HTTPServer: Sendable {
    /// The addresses of HTTP sockets, with the ports that the system has chosen.
    package let addresses: [BindAddress]
    /// The addresses of sockets of other protocols.
    private let otherAddresses: [BindAddress]
    private let group: MultiThreadedEventLoopGroup
    private let registry: ConnectionRegistry
    private let listeners: [Listener]
    private let limits: ServerLimits
    private let state: ServerState
    private let tasks: RunningTasks
    private let isShutDown = Atomic(false)

    /// The timeout for requests to end after the upstream calls that they wait for have been cancelled.
    private static let endTimeout = TimeAmount.seconds(5)

    /// A socket, with the function that adds the handlers of its connections.
    struct Socket: Sendable {
        let address: BindAddress
        /// Whether its connections use HTTP.
        let speaksHTTP: Bool
        /// The certificate with its key; nil: the socket does not use TLS.
        var tls: TLSCredentials?
        let addHandlers: @Sendable (any Channel, EventLoopExecutor, ConnectionMonitor) throws -> Void
    }

    /// The options of a server.
    struct Options: Sendable {
        /// The limits of one connection.
        var connection = ConnectionLimits()
        /// The limits of all connections together.
        var limits = ServerLimits()
        /// The number of event loops; nil: one for each core.
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
    ///   - routes: the routes.
    ///   - filters: the filters before the routes; the first one gets requests first.
    ///   - listen: the address.
    ///   - options: the options of the server.
    ///   - state: is set when the server shuts down.
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
    ///   - sockets: the sockets.
    ///   - options: the options of the server.
    ///   - state: is set when the server shuts down.
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
                    // After TLS, so that it counts decrypted bytes.
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

    /// The host and port of the first HTTP socket with a TCP address.
    package var address: ListenAddress {
        addresses.lazy.compactMap(\.hostAndPort).first ?? ListenAddress(host: "", port: 0)
    }

    /// The host and port of the first socket of another protocol with a TCP address; nil: there is none.
    package var lineAddress: ListenAddress? { otherAddresses.lazy.compactMap(\.hostAndPort).first }

    /// The number of open connections.
    package var connectionCount: Int { registry.count }

    /// Shuts the server down without losing requests.
    ///
    /// During the drain delay it reports that it is not ready but still serves, so that load balancers notice the shutdown
    /// in time. Then it stops listening, completes requests in progress within the drain timeout, also for clients that have left, and
    /// closes all connections.
    ///
    /// - Parameters:
    ///   - delays: whether it waits for the drain delay.
    ///   - endUpstream: cancels the upstream calls that requests wait for, so that these end; the event loops are shut down after them.
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
