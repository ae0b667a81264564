package import Gateway
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOPosix
private import Synchronization

/// The gateway's HTTP server.
package final class HTTPServer: Sendable {
    /// Where the server listens, with the port that the system chose.
    package let address: ListenAddress
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    /// Nil once shutdown has begun: the helper must be gone before the event loops are.
    private let quiescing: Mutex<ServerQuiescingHelper?>
    private let state: State
    private let lineSockets: [LineSocketServer]

    /// What the doors must know of the server.
    private final class State: Sendable {
        let isDraining = Atomic(false)
    }

    private init(
        address: ListenAddress,
        group: MultiThreadedEventLoopGroup,
        listening: Listening,
        state: State,
        lineSockets: [LineSocketServer]
    ) {
        self.address = address
        self.group = group
        channel = listening.channel
        quiescing = Mutex(listening.quiescing)
        self.state = state
        self.lineSockets = lineSockets
    }

    /// Starts to listen.
    package static func start(
        service: GatewayService,
        listen: ListenAddress,
        options: HTTPServerOptions = HTTPServerOptions(),
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil
    ) async throws -> HTTPServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads ?? System.coreCount)
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), EventLoopExecutor($0)) }
        )
        let state = State()
        let rpc = RPCService(service: service, limits: options.rpc)
        let messages = messages ?? rpc
        let tools = tools ?? MCPService(rpc)
        let router = Router(endpoints: endpoints(service, messages, tools, options: options, state: state))
        do {
            let listening = try await self.listen(at: listen, group: group) { channel in
                guard let executor = executors[ObjectIdentifier(channel.eventLoop)] else { return }
                let decoder = ByteToMessageHandler(requestDecoder(options.connection))
                let handler = HTTPConnectionHandler(
                    endpoint: router,
                    limits: options.connection,
                    decoder: decoder,
                    executor: executor
                )
                try channel.pipeline.syncOperations.addHandlers(decoder, handler)
            }
            return HTTPServer(
                address: ListenAddress(host: listen.host, port: listening.channel.localAddress?.port ?? listen.port),
                group: group,
                listening: listening,
                state: state,
                lineSockets: try await lineSockets(messages, options, group, executors)
            )
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// A socket that listens, and what ends its connections.
    private struct Listening {
        let channel: any Channel
        let quiescing: ServerQuiescingHelper
    }

    /// Listens at an address.
    private static func listen(
        at address: ListenAddress,
        group: MultiThreadedEventLoopGroup,
        connection: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> Listening {
        let quiescing = ServerQuiescingHelper(group: group)
        let channel = try await bootstrap(group, quiescing)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try connection(channel) }
            }
            .bind(host: address.host, port: address.port).get()
        return Listening(channel: channel, quiescing: quiescing)
    }

    /// All doors by path.
    private static func endpoints(
        _ service: GatewayService,
        _ messages: any MessageHandler,
        _ tools: MCPService,
        options: HTTPServerOptions,
        state: State
    ) -> [String: any Endpoint] {
        let health = HealthEndpoint { !state.isDraining.load(ordering: .relaxed) }
        let rpc = RPCEndpoint(
            endpoint: messages,
            options: options.graphQL,
            limits: options.messages,
            rateLimitPolicy: service.rateLimitPolicy
        )
        return [
            "/graphql": GraphQLEndpoint(service: service, options: options.graphQL),
            "/rpc": rpc,
            "/openrpc.json": OpenRPCEndpoint(document: messages.openRPC, options: options.graphQL),
            "/mcp": MCPEndpoint(service: tools, options: options.graphQL),
            "/health/ready": health, "/health/live": health,
        ]
    }

    /// Starts the sockets that take one message a line.
    private static func lineSockets(
        _ messages: any MessageHandler,
        _ options: HTTPServerOptions,
        _ group: MultiThreadedEventLoopGroup,
        _ executors: [ObjectIdentifier: EventLoopExecutor]
    ) async throws -> [LineSocketServer] {
        let limits = options.messages
        var servers: [LineSocketServer] = []
        let bindAddresses: [LineSocketServer.BindAddress?] = [
            options.lineSockets.address.map { .address($0) }, options.lineSockets.path.map { .path($0) },
        ]
        for bindAddress in bindAddresses.compactMap({ $0 }) {
            let server = try await LineSocketServer.start(at: bindAddress, group: group) { channel in
                guard let executor = executors[ObjectIdentifier(channel.eventLoop)] else { return }
                let exchange = MessageExchange(
                    endpoint: messages,
                    caller: options.lineSockets.caller,
                    limits: limits,
                    executor: executor,
                    eventLoop: channel.eventLoop
                )
                try channel.pipeline.syncOperations.addHandlers(
                    ByteToMessageHandler(LineDecoder(maximumBytes: limits.maximumMessageBytes)),
                    LineSocketHandler(exchange: exchange, limits: limits)
                )
            }
            servers.append(server)
        }
        return servers
    }

    /// Where messages are taken line by line over TCP.
    package var lineAddress: ListenAddress? {
        lineSockets.lazy.compactMap { if case .address(let address) = $0.bindAddress { address } else { nil } }.first
    }

    /// Everything of a listening socket but what its connections do.
    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup,
        _ quiescing: ServerQuiescingHelper
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel)
                    )
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
    }

    /// What turns the bytes of a connection into parts of requests.
    static func requestDecoder(_ limits: ConnectionLimits) -> HTTPRequestDecoder {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.maximumHeaderBytes
        decoding.maxHeaderListSize = limits.maximumHeaderBytes
        decoding.maxHeaderFieldCount = limits.maximumHeaderFields
        return HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding)
    }

    /// Stops to listen, lets requests in progress be answered, and closes all connections.
    package func shutDown() async throws {
        state.isDraining.store(true, ordering: .relaxed)
        if let quiescing = quiescing.withLock({ $0.take() }) {
            let drained = group.any().makePromise(of: Void.self)
            quiescing.initiateShutdown(promise: drained)
            for server in lineSockets { try await server.shutDown(on: group.any()) }
            try await drained.futureResult.get()
        }
        try await group.shutdownGracefully()
    }
}
