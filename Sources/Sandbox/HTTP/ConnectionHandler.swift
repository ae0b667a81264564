private import Glibc
internal import NIOCore
internal import NIOHTTP1

/// Serves one connection: gathers requests, asks the engine, and writes the responses in order when they are due.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// With so many responses waiting, the connection is not read any more.
    private static let maximumWaiting = 128

    private let engine: SharedEngine
    private let sender: WebhookSender
    private let maximumBodySize: Int
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isBodyTooLarge = false
    private var queue = ResponseQueue()
    private var isEnding = false
    private var isReadHeld = false

    /// Serves a new connection.
    init(engine: SharedEngine, sender: WebhookSender, maximumBodySize: Int) {
        self.sender = sender
        self.engine = engine
        self.maximumBodySize = maximumBodySize
    }

    /// Takes one part of a request.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.removeAll()
            isBodyTooLarge = false
            if head.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }), queue.count == 0 {
                let interim = context.channel.allocator.buffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
                context.writeAndFlush(wrapOutboundOut(interim), promise: nil)
            }
        case .body(let part):
            isBodyTooLarge = isBodyTooLarge || body.count + part.readableBytes > maximumBodySize
            if isBodyTooLarge {
                body.removeAll()
            } else {
                body += part.readableBytesView
            }
        case .end:
            if let head { respond(to: head, context: context) }
            head = nil
        }
    }

    /// Sends the responses to the requests that came together.
    func channelReadComplete(context: ChannelHandlerContext) {
        writeDueResponses(context: context)
    }

    /// Lets the connection be read, unless too many responses wait.
    func read(context: ChannelHandlerContext) {
        if queue.count < Self.maximumWaiting && context.channel.isWritable {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    /// Resumes reading when the client reads responses again.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        resumeReading(context: context)
        context.fireChannelWritabilityChanged()
    }

    /// Responds with 400 to input that is not HTTP, and closes the connection.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isEnding, error is HTTPParserError else {
            context.close(promise: nil)
            return
        }
        let refusal = Refusal(.badRequest, "The request is not valid HTTP.")
        let response = ErrorBody(behavior: SandboxBehavior()).response(to: refusal, now: UnixTime.now())
        enqueue(response, isKeepAlive: false, context: context)
        writeDueResponses(context: context)
    }

    private func respond(to head: HTTPRequestHead, context: ChannelHandlerContext) {
        var request = SandboxRequest(method: head.method.rawValue, target: head.uri)
        request.authorization = head.headers.first(name: "authorization")
        request.contentType = head.headers.first(name: "content-type")
        request.ifNoneMatch = head.headers.first(name: "if-none-match")
        request.ifModifiedSince = head.headers.first(name: "if-modified-since")
        request.body = isBodyTooLarge ? nil : body
        let (response, deliveries) = engine.withEngine { ($0.response(to: request), $0.takeDeliveries()) }
        sender.send(deliveries)
        let isKeepAlive = head.isKeepAlive
        enqueue(response, isKeepAlive: isKeepAlive, isHeadOnly: head.method == .HEAD, context: context)
    }

    private func enqueue(
        _ response: Response,
        isKeepAlive: Bool,
        isHeadOnly: Bool = false,
        context: ChannelHandlerContext
    ) {
        var buffer = context.channel.allocator.buffer(capacity: response.body.count + 384)
        ResponseEncoder(isKeepAlive: isKeepAlive, isHeadOnly: isHeadOnly).write(response, into: &buffer)
        let ending: ResponseQueue.Ending =
            switch response.delivery {
            case .whole: isKeepAlive ? .stayOpen : .close
            case .truncated: .close
            case .reset: .reset
            }
        isEnding = ending != .stayOpen
        let isDue = response.delay <= .zero
        let number = queue.append(buffer, ending, isDue: isDue)
        guard !isDue else { return }
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(response.delay)) { [self] in
            queue.markDue(number)
            writeDueResponses(context: context)
        }
    }

    private func writeDueResponses(context: ChannelHandlerContext) {
        var hasWritten = false
        while let entry = queue.popDue() {
            hasWritten = true
            switch entry.ending {
            case .stayOpen:
                context.write(wrapOutboundOut(entry.bytes), promise: nil)
            case .close:
                let sent = context.writeAndFlush(wrapOutboundOut(entry.bytes)).assumeIsolated()
                sent.whenComplete { _ in context.close(promise: nil) }
            case .reset:
                // Without lingering, the kernel sends RST in place of FIN.
                let socket = context.channel as? any SocketOptionProvider
                _ = socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                context.close(promise: nil)
            }
        }
        guard hasWritten else { return }
        context.flush()
        resumeReading(context: context)
    }

    private func resumeReading(context: ChannelHandlerContext) {
        guard isReadHeld, queue.count < Self.maximumWaiting, context.channel.isWritable else { return }
        isReadHeld = false
        context.read()
    }
}
