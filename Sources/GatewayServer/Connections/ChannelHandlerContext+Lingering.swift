internal import NIOCore

extension ChannelHandlerContext {
    /// Ends the sending side, and closes the connection after a time unless the client does so before.
    ///
    /// If a connection is closed while its client is still sending, the client receives a reset, which can discard
    /// the last response before it is read. The handler must go on reading and throw away what comes.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.6
    func closeAfterLingering(_ timeout: TimeAmount) {
        close(mode: .output, promise: nil)
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let timer = eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
    }
}
