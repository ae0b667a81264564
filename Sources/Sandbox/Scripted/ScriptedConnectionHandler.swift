private import Glibc
internal import NIOCore

/// Serves one connection of a scripted server: one request after the other, step by step.
final class ScriptedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let response: @Sendable (ScriptedRequest) -> ScriptedResponse
    private var parser = ScriptedRequestParser()
    private var steps: ArraySlice<ScriptedResponse.Step> = []
    private var isBusy = false

    /// Serves a new connection; `response` returns the response to a request.
    init(response: @escaping @Sendable (ScriptedRequest) -> ScriptedResponse) {
        self.response = response
    }

    /// Takes bytes from the client.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        parser.receive(unwrapInboundIn(data).readableBytesView)
        serve(context: context)
    }

    /// Gives the connection up.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func serve(context: ChannelHandlerContext) {
        while !isBusy, let request = parser.next() {
            isBusy = true
            steps = response(request).steps[...]
            run(context: context)
        }
    }

    /// Runs steps until one takes time or ends the connection; only then does the connection stay busy.
    private func run(context: ChannelHandlerContext) {
        while let step = steps.popFirst() {
            switch step {
            case .send(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .pause(let duration):
                context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) { [self] in
                    run(context: context)
                    serve(context: context)
                }
                return
            case .close:
                // An empty write is done when all before it are.
                let sent = context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated()
                sent.whenComplete { _ in context.close(promise: nil) }
                return
            case .reset:
                _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                context.close(promise: nil)
                return
            case .hang:
                return
            }
        }
        isBusy = false
    }
}
