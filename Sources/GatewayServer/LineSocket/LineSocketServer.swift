private import Gateway
internal import NIOCore
private import NIOExtras
internal import NIOPosix
private import Synchronization

/// A listening socket whose connections carry one JSON-RPC message a line.
final class LineSocketServer: Sendable {
    /// Where the socket listens.
    enum BindAddress: Sendable, Hashable {
        case address(ListenAddress)
        case path(String)
    }

    /// Where it listens, with the port that the system chose.
    let bindAddress: BindAddress
    /// Nil once shutdown has begun: the helper must be gone before the event loops are.
    private let quiescing: Mutex<ServerQuiescingHelper?>

    private init(bindAddress: BindAddress, quiescing: ServerQuiescingHelper) {
        self.bindAddress = bindAddress
        self.quiescing = Mutex(quiescing)
    }

    /// Starts to listen.
    static func start(
        at bindAddress: BindAddress,
        group: MultiThreadedEventLoopGroup,
        connection: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> LineSocketServer {
        if case .path(let path) = bindAddress { try await SocketFile(path: path).makeWay(group: group) }
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel)
                    )
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try connection(channel) }
            }
        switch bindAddress {
        case .address(let address):
            let channel = try await bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: address.host, port: address.port).get()
            let bound = ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
            return LineSocketServer(bindAddress: .address(bound), quiescing: quiescing)
        case .path(let path):
            try await SocketFile.withOwnerOnly { _ = try await bootstrap.bind(unixDomainSocketPath: path).get() }
            return LineSocketServer(bindAddress: bindAddress, quiescing: quiescing)
        }
    }

    /// Stops to listen, lets calls in progress be answered, and closes all connections.
    func shutDown(on eventLoop: any EventLoop) async throws {
        if let quiescing = quiescing.withLock({ $0.take() }) {
            let drained = eventLoop.makePromise(of: Void.self)
            quiescing.initiateShutdown(promise: drained)
            try await drained.futureResult.get()
        }
        if case .path(let path) = bindAddress { SocketFile(path: path).remove() }
    }
}
