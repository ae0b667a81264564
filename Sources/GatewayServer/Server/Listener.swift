internal import NIOCore
internal import NIOPosix

/// A listening socket.
final class Listener: Sendable {
    /// The address, with the port that the system has chosen.
    let address: BindAddress
    private let channel: any Channel

    /// The most connections that are accepted in one turn of the event loop.
    private static let acceptedInOneTurn: UInt = 128
    /// The most bytes that are read from a connection by one system call.
    ///
    /// With `readsInOneTurn` it bounds the requests and frames that are processed before other connections have their turn: the shortest
    /// take a few dozen bytes and ten microseconds each.
    private static let mostBytesPerRead = 4 << 10
    /// The most such reads of a connection in one turn of the event loop.
    private static let readsInOneTurn: UInt = 2

    private init(address: BindAddress, channel: any Channel) {
        self.address = address
        self.channel = channel
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - address: the address.
    ///   - group: the event loops of the connections.
    ///   - registry: counts the connections.
    ///   - log: logs a message for operators.
    ///   - connection: adds the handlers of an accepted connection, on its event loop.
    /// - Returns: the listening socket.
    /// - Throws: `ListenFailure`.
    static func start(
        at address: BindAddress,
        group: MultiThreadedEventLoopGroup,
        registry: ConnectionRegistry,
        log: @escaping @Sendable (String) -> Void,
        connection: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> Listener {
        let bootstrap = ServerBootstrap(group: group)
            // The system's limit applies too (net.core.somaxconn). Connections beyond it have to retry after a second.
            .serverChannelOption(.backlog, value: 4096)
            // NIO's default is four per turn of the event loop. While requests make turns long, later clients would wait for seconds.
            .serverChannelOption(.maxMessagesPerRead, value: acceptedInOneTurn)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ListeningHandler(registry: registry, log: log))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: readsInOneTurn)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2048, maximum: mostBytesPerRead)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try connection(channel) }
            }
        do {
            switch address {
            case .address(let wanted):
                let channel = try await bind(wanted, bootstrap)
                let bound = ListenAddress(host: wanted.host, port: channel.localAddress?.port ?? wanted.port)
                return Listener(address: .address(bound), channel: channel)
            case .path(let path):
                try await SocketFile(path: path).makeWay(group: group)
                let channel = try await SocketFile.withOwnerOnly {
                    try await bootstrap.bind(unixDomainSocketPath: path).get()
                }
                return Listener(address: address, channel: channel)
            }
        } catch {
            throw ListenFailure(address: address, cause: error)
        }
    }

    private static func bind(_ address: ListenAddress, _ bootstrap: ServerBootstrap) async throws -> any Channel {
        try await bootstrap
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: address.host, port: address.port).get()
    }

    /// Stops listening.
    func close() async {
        // It may have been closed by an error.
        try? await channel.close().get()
        if case .path(let path) = address { SocketFile(path: path).remove() }
    }
}
