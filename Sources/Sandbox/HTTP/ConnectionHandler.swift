private import Glibc
internal import NIOCore
internal import NIOHTTP1

/// Serves one connection: gathers requests, asks the engine, and writes the answers in order when their time has come.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// With so many answers waiting, the connection is not read any more.
    private static let maximumWaiting = 128

    private let engine: SharedEngine
    private let maximumBodySize: Int
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isBodyTooLarge = false
    private var queue = AnswerQueue()
    private var isEnding = false
    private var isReadHeld = false

    /// Serves a new connection.
    init(engine: SharedEngine, maximumBodySize: Int) {
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
            if let head { answer(head, context: context) }
            head = nil
        }
    }

    /// Sends what was answered to the requests that came together.
    func channelReadComplete(context: ChannelHandlerContext) {
        writeDueAnswers(context: context)
    }

    /// Lets the connection be read, unless too many answers wait.
    func read(context: ChannelHandlerContext) {
        if queue.count < Self.maximumWaiting && context.channel.isWritable {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    /// Reads on when the client takes answers again.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        resumeReading(context: context)
        context.fireChannelWritabilityChanged()
    }

    /// Answers 400 to what is not HTTP, and closes.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isEnding, error is HTTPParserError else {
            context.close(promise: nil)
            return
        }
        let refusal = Refusal(.badRequest, "The request is not valid HTTP.")
        let answer = ErrorBody(behavior: SandboxBehavior()).answer(to: refusal, now: UnixTime.now())
        enqueue(answer, isKeptAlive: false, context: context)
        writeDueAnswers(context: context)
    }

    private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        var request = SandboxRequest(method: head.method.rawValue, target: head.uri)
        request.authorization = head.headers.first(name: "authorization")
        request.contentType = head.headers.first(name: "content-type")
        request.ifNoneMatch = head.headers.first(name: "if-none-match")
        request.ifModifiedSince = head.headers.first(name: "if-modified-since")
        request.body = isBodyTooLarge ? nil : body
        let answer = engine.withEngine { $0.answer(to: request) }
        let isKeptAlive = head.isKeepAlive
        enqueue(answer, isKeptAlive: isKeptAlive, isHeadOnly: head.method == .HEAD, context: context)
    }

    private func enqueue(
        _ answer: Answer,
        isKeptAlive: Bool,
        isHeadOnly: Bool = false,
        context: ChannelHandlerContext
    ) {
        var buffer = context.channel.allocator.buffer(capacity: answer.body.count + 384)
        AnswerEncoder(isKeptAlive: isKeptAlive, isHeadOnly: isHeadOnly).write(answer, into: &buffer)
        let ending: AnswerQueue.Ending =
            switch answer.delivery {
            case .whole: isKeptAlive ? .stayOpen : .close
            case .truncated: .close
            case .reset: .reset
            }
        isEnding = ending != .stayOpen
        let isDue = answer.delay <= .zero
        let number = queue.append(buffer, ending, isDue: isDue)
        guard !isDue else { return }
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(answer.delay)) { [self] in
            queue.markDue(number)
            writeDueAnswers(context: context)
        }
    }

    private func writeDueAnswers(context: ChannelHandlerContext) {
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
