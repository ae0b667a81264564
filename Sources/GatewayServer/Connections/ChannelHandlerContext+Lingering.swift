internal import NIOCore

extension ChannelHandlerContext {
    /// Closes the sending side, and closes the connection after a timeout unless the client closes it before.
    ///
    /// If a connection is closed while its client is still sending, the client receives a reset, which can discard
    /// the last response before it is read. The handler must continue to read and discard what arrives.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.6
    func closeAfterLingering(_ timeout: TimeAmount) {
        close(mode: .output, promise: nil)
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let timer = eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
    }
}
