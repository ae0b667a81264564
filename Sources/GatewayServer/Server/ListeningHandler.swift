internal import NIOCore

/// The handler of a listening socket: closes connections beyond the limit, and pauses accepting
/// when the system has no descriptor for another one.
///
/// Confined to the socket's event loop.
final class ListeningHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let registry: ConnectionRegistry
    private let log: @Sendable (String) -> Void
    private var isPaused = false
    private var turnedAway = 0

    /// The pause after the system has refused a descriptor.
    private static let pause = TimeAmount.milliseconds(250)

    init(registry: ConnectionRegistry, log: @escaping @Sendable (String) -> Void) {
        self.registry = registry
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        guard registry.open(channel) else {
            // Logs the first, and then every thousandth, so that a flood does not fill the log.
            if turnedAway.isMultiple(of: 1000) {
                log("The connection limit is reached: a connection was closed at once; \(turnedAway + 1) so far.")
            }
            turnedAway += 1
            channel.close(promise: nil)
            return
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An error of a single connection, such as one that was reset before it was accepted, needs no pause.
        guard let error = error as? IOError, SystemShortage.isShortage(error.errnoCode) else { return }
        guard !isPaused else { return }
        isPaused = true
        log("Cannot accept connections: no descriptor or memory is left (error \(error.errnoCode)); retrying.")
        // Holding back a read is not enough: the socket stays readable, and the loop would spin on it.
        context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.pause) {
            let (handler, context) = bound.value
            handler.isPaused = false
            context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
        }
    }
}
