internal import NIOCore
internal import NIOHTTP1

extension HTTP1ConnectionHandler: RemovableChannelHandler {
    /// Responds with 101 and gives the connection to the handlers of another protocol.
    ///
    /// The decoder has stopped at the end of the request. What came after that is handed on when it leaves the pipeline,
    /// which it does in the loop's next turn; this handler lets it pass and leaves after it.
    func upgrade(_ upgrade: ProtocolUpgrade, _ context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: 256)
        buffer.writeStaticString("HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\n")
        for field in upgrade.headers { buffer.writeString("\(field.name): \(field.value)\r\n") }
        buffer.writeStaticString("\r\n")
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        let pipeline = context.pipeline.syncOperations
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        do {
            try upgrade.addHandlers(context.channel, executor, monitor)
            pipeline.removeHandler(decoder).whenComplete { _ in
                let (handler, context) = bound.value
                let channel = context.channel
                channel.pipeline.syncOperations.removeHandler(handler, promise: nil)
                Self.removeRepeatedRequests(from: channel)
                // What was handed on came outside of a read: flush the replies to it now.
                channel.pipeline.fireChannelReadComplete()
                channel.read()
            }
        } catch {
            context.close(promise: nil)
        }
    }

    /// Removes what reads requests in front of this handler: it would hold on to all that served HTTP on the connection.
    private static func removeRepeatedRequests(from channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        // There is none where each request is served by itself.
        guard let front = try? pipeline.context(handlerType: RepeatedRequestHandler.self) else { return }
        pipeline.removeHandler(context: front, promise: nil)
    }

    /// Puts a fresh decoder in place of one that stopped because a request offered another protocol, which was declined.
    func restartDecoder(_ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let stopped = decoder
            decoder = ByteToMessageHandler(limits.requestDecoder())
            try pipeline.addHandler(decoder, position: .after(stopped))
            pipeline.removeHandler(stopped, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}
