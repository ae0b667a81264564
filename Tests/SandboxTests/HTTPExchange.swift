import NIOCore
import NIOPosix

/// Sends bytes to a loopback port and gathers what comes back until the server closes the connection.
enum HTTPExchange {
    private final class Gatherer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let finished: EventLoopPromise<[UInt8]>
        private var bytes: [UInt8] = []

        init(finished: EventLoopPromise<[UInt8]>) {
            self.finished = finished
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytesView
        }

        func channelInactive(context: ChannelHandlerContext) {
            finished.succeed(bytes)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            finished.fail(error)
            context.close(promise: nil)
        }
    }

    /// Exchanges bytes; throws if the server resets the connection.
    ///
    /// `thenEnds` closes the client's side after sending.
    static func bytes(_ sent: String, port: Int, thenEnds: Bool = false) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let finished = loop.makePromise(of: [UInt8].self)
        let bootstrap = ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Gatherer(finished: finished))
                }
            }
        do {
            let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
            channel.writeAndFlush(ByteBuffer(string: sent), promise: nil)
            if thenEnds { channel.close(mode: .output, promise: nil) }
        } catch {
            finished.fail(error)
        }
        return try await finished.futureResult.get()
    }
}
