internal import NIOCore
internal import NIOHTTP1

extension HTTP1ConnectionHandler: RemovableChannelHandler {
    /// Responds with 101 and passes the connection to the handlers of another protocol.
    ///
    /// The decoder has stopped at the end of the request. It passes later bytes on when it leaves the pipeline, in the loop's next turn;
    /// this handler passes them on too, and leaves after it.
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
                // The bytes were passed on outside of a read: flush the replies to them now.
                channel.pipeline.fireChannelReadComplete()
                channel.read()
            }
        } catch {
            context.close(promise: nil)
        }
    }

    /// Removes the handler of repeated requests, which would hold references to the objects that served HTTP on the connection.
    private static func removeRepeatedRequests(from channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        // There is none if client limits count each request.
        guard let front = try? pipeline.context(handlerType: RepeatedRequestHandler.self) else { return }
        pipeline.removeHandler(context: front, promise: nil)
    }

    /// Replaces a decoder that has stopped because a request offered another protocol, which was declined.
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
