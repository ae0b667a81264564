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

    /// What the doors must know of the server.
    private final class State: Sendable {
        let isDraining = Atomic(false)
    }

    private init(
        address: ListenAddress,
        group: MultiThreadedEventLoopGroup,
        channel: any Channel,
        quiescing: ServerQuiescingHelper,
        state: State
    ) {
        self.address = address
        self.group = group
        self.channel = channel
        self.quiescing = Mutex(quiescing)
        self.state = state
    }

    /// Starts to listen.
    package static func start(
        service: GatewayService,
        listen: ListenAddress,
        options: HTTPServerOptions = HTTPServerOptions()
    ) async throws -> HTTPServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads ?? System.coreCount)
        let executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), EventLoopExecutor($0)) }
        )
        let state = State()
        let health = HealthDoor { !state.isDraining.load(ordering: .relaxed) }
        let rpc = RPCService(service: service, limits: options.rpc)
        let router = Router(doors: [
            "/graphql": GraphQLDoor(service: service, options: options.graphQL),
            "/rpc": RPCDoor(service: rpc, options: options.graphQL, rateLimitPolicy: service.rateLimitPolicy),
            "/openrpc.json": OpenRPCDoor(document: rpc.openRPC, options: options.graphQL),
            "/health/ready": health, "/health/live": health,
        ])
        let quiescing = ServerQuiescingHelper(group: group)
        do {
            let channel = try await bootstrap(group, quiescing)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard let executor = executors[ObjectIdentifier(channel.eventLoop)] else { return }
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(requestDecoder(options.connection)),
                            HTTPConnectionHandler(door: router, limits: options.connection, executor: executor)
                        )
                    }
                }
                .bind(host: listen.host, port: listen.port).get()
            let address = ListenAddress(host: listen.host, port: channel.localAddress?.port ?? listen.port)
            return HTTPServer(address: address, group: group, channel: channel, quiescing: quiescing, state: state)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
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

    private static func requestDecoder(_ limits: ConnectionLimits) -> HTTPRequestDecoder {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.maximumHeaderBytes
        decoding.maxHeaderListSize = limits.maximumHeaderBytes
        decoding.maxHeaderFieldCount = limits.maximumHeaderFields
        return HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoding)
    }

    /// Stops to listen, lets requests in progress be answered, and closes all connections.
    package func shutDown() async throws {
        state.isDraining.store(true, ordering: .relaxed)
        if let quiescing = quiescing.withLock({ $0.take() }) {
            let drained = group.any().makePromise(of: Void.self)
            quiescing.initiateShutdown(promise: drained)
            try await drained.futureResult.get()
        }
        try await group.shutdownGracefully()
    }
}
