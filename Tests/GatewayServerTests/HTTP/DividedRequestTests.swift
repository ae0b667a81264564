import Gateway
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

@testable import GatewayServer

/// Requests that come in several pieces, as many clients send head and body apart: their heads are known as those of others are, and
/// those behind them too.
@Suite(.timeLimit(.minutes(5))) struct DividedRequestTests {
    /// Responds with the body of the request, and counts requests.
    private final class Echo: Endpoint {
        private let count = Atomic(0)

        var served: Int { count.load(ordering: .relaxed) }

        func reply(to request: HTTPRequest) -> HTTPReply {
            count.wrappingAdd(1, ordering: .relaxed)
            return .now(HTTPResponse(status: .ok, contentType: "text/plain", body: request.body))
        }
    }

    /// Counts what is read as HTTP.
    private final class Probe: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private(set) var bytes = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytes
            context.fireChannelRead(data)
        }
    }

    /// A connection whose client says what is read at a time.
    private struct Connection {
        let channel = EmbeddedChannel()
        let probe = Probe()
        let endpoint = Echo()

        init(_ limits: ConnectionLimits = ConnectionLimits()) throws {
            let counts = ConnectionCounts(maximum: 8, maximumPerAddress: 8)
            let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
            let monitor = ConnectionMonitor(registry: registry, requestBytes: ByteBudget(limit: 1 << 20))
            let executor = EventLoopExecutor(channel.embeddedEventLoop, RunningTasks())
            let decoder = ByteToMessageHandler(limits.requestDecoder())
            let handler = HTTP1ConnectionHandler(
                endpoint: endpoint,
                limits: limits,
                decoder: decoder,
                executor: executor,
                monitor: monitor
            )
            let repeated = RepeatedRequests(capacity: 1 << 20, maximumWaiting: 8, inFlight: RequestsInFlight())
            #expect(registry.open(channel))
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(monitor)
            try pipeline.addHandler(RepeatedRequestHandler({ repeated }, connection: handler))
            try pipeline.addHandlers([probe, decoder, handler])
            try channel.connect(to: SocketAddress(unixDomainSocketPath: "/socket")).wait()
            channel.embeddedEventLoop.run()
        }

        /// Everything that has been sent since the last time.
        func sent() throws -> String {
            var text = ""
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
            return text
        }

        /// Receives pieces one by one; returns the responses, and how many bytes were read as HTTP.
        func receive(_ pieces: [String]) throws -> (text: String, decoded: Int) {
            let before = probe.bytes
            for piece in pieces { try channel.writeInbound(ByteBuffer(string: piece)) }
            channel.embeddedEventLoop.run()
            return (try sent(), probe.bytes - before)
        }

        /// Has the head of `text` known.
        func fill() throws {
            for _ in 1...2 { #expect(try receive([text]).decoded == text.utf8.count) }
            #expect(try receive([text]).decoded == 0)
        }

        func end() throws { _ = try channel.finish(acceptAlreadyClosed: true) }
    }

    private static let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\n"
    private static let body = #"{"query":""}"#
    private static let text = head + body

    /// A text in two pieces, the first of so many bytes.
    private static func pieces(_ text: String, at position: Int) -> [String] {
        let bytes = Array(text.utf8)
        return [bytes[..<position], bytes[position...]].map { String(decoding: $0, as: UTF8.self) }
    }

    private static func bytes(_ text: String) -> [String] { text.utf8.map { String(decoding: [$0], as: UTF8.self) } }

    @Test func aHeadThatAlwaysComesWithoutItsBodyIsKnown() throws {
        let connection = try Connection()
        for _ in 1...2 {
            let (response, decoded) = try connection.receive([Self.head, Self.body])
            #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
            #expect(decoded == Self.text.utf8.count)
        }
        for body in [Self.body, #"{"query":12}"#, "            "] {
            let (response, decoded) = try connection.receive([Self.head, body])
            #expect(response.hasSuffix("\r\n\r\n\(body)"))
            #expect(decoded == 0)
        }
        #expect(connection.endpoint.served == 5)
        try connection.end()
    }

    @Test(arguments: 1..<text.utf8.count) func theNextHeadIsKnownBehindARequestInTwoPieces(position: Int) throws {
        let connection = try Connection()
        try connection.fill()
        let (response, decoded) = try connection.receive(Self.pieces(Self.text, at: position))
        #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
        // A part of a head is read as HTTP.
        #expect(decoded == (position < Self.head.utf8.count ? Self.text.utf8.count : 0))
        #expect(try connection.receive([Self.text]).decoded == 0)
        #expect(connection.endpoint.served == 5)
        try connection.end()
    }

    @Test func theNextHeadIsKnownBehindARequestThatComesByteByByte() throws {
        let connection = try Connection()
        try connection.fill()
        for _ in 1...2 {
            let (response, decoded) = try connection.receive(Self.bytes(Self.text))
            #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
            #expect(decoded == Self.text.utf8.count)
            #expect(try connection.receive([Self.text]).decoded == 0)
            #expect(try connection.receive([Self.head] + Self.bytes(Self.body)).decoded == 0)
        }
        try connection.end()
    }

    @Test(arguments: [1, 30, 100, 16 << 10, 20_000]) func theNextHeadIsKnownBehindALongRequest(position: Int) throws {
        let connection = try Connection()
        try connection.fill()
        let body = String(repeating: "x", count: 20_000)
        let long = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n\(body)"
        for pieces in [[long], Self.pieces(long, at: position)] {
            #expect(try connection.receive(pieces).text.hasSuffix("\r\n\r\n\(body)"))
            #expect(try connection.receive([Self.text]).decoded == 0)
        }
        try connection.end()
    }

    /// What comes together with the end of a request that came in pieces.
    @Test(arguments: [text, head, "\r\n", "G"]) func whatComesBehindARequestInPiecesIsRead(rest: String) throws {
        let connection = try Connection()
        try connection.fill()
        let first = try connection.receive([Self.head, Self.body + rest])
        #expect(first.text.contains("\r\n\r\n\(Self.body)"))
        #expect(connection.endpoint.served == (rest == Self.text ? 5 : 4))
        let isWhole = rest == Self.text || rest == "\r\n"
        let (response, _) = try connection.receive([isWhole ? Self.text : String(Self.text.dropFirst(rest.count))])
        // A client that begins a request with `G` sends no POST.
        #expect(response.hasSuffix("\r\n\r\n\(Self.body)") == (rest != "G"))
        #expect(connection.endpoint.served == [Self.text: 6, "G": 4][rest, default: 5])
        try connection.end()
    }

    @Test func aRequestInChunksIsServed() throws {
        let connection = try Connection()
        try connection.fill()
        let chunked = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        for pieces in [[chunked, "2\r\n{}\r\n", "0\r\n\r\n"], Self.bytes(chunked + "2\r\n{}\r\n0\r\n\r\n")] {
            #expect(try connection.receive(pieces).text.hasSuffix("\r\n\r\n{}"))
            let (response, decoded) = try connection.receive([Self.text])
            #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
            #expect(decoded == Self.text.utf8.count)
        }
        #expect(connection.endpoint.served == 7)
        try connection.end()
    }

    // MARK: - While a request is held

    @Test(arguments: [0, 5]) func aRequestThatHasBegunIsServedWhileTheServerStops(bodyBytes: Int) throws {
        let connection = try Connection()
        try connection.fill()
        let pieces = Self.pieces(Self.text, at: Self.head.utf8.count + bodyBytes)
        #expect(try connection.receive([pieces[0]]).decoded == 0)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(connection.channel.isActive)
        let (response, _) = try connection.receive([pieces[1]])
        #expect(response.contains("\r\nconnection: close\r\n"))
        #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
        try connection.end()
    }

    /// Where the memory for requests is used up.
    @Test(arguments: [0, 5]) func aRequestThatHasBegunIsRefusedForLoad(bodyBytes: Int) throws {
        let connection = try Connection()
        try connection.fill()
        _ = try connection.receive([Self.pieces(Self.text, at: Self.head.utf8.count + bodyBytes)[0]])
        connection.channel.pipeline.fireUserInboundEventTriggered(ConnectionMonitor.RequestBytesExhausted())
        #expect(try connection.sent().hasPrefix("HTTP/1.1 503 "))
        #expect(connection.endpoint.served == 3)
        try connection.end()
    }

    /// What a request says that ends the connection, or asks for something beside the response, holds in pieces too.
    @Test(
        arguments: ["Connection: close\r\n", "Expect: 100-continue\r\n", "Connection: upgrade\r\nUpgrade: x\r\n"],
        [1, 40, -3]
    )
    func anUnusualRequestInPiecesIsReadAsHTTP(field: String, position: Int) throws {
        let connection = try Connection()
        try connection.fill()
        let text = Self.text.replacing("Host: localhost\r\n", with: "Host: localhost\r\n\(field)")
        let place = position < 0 ? text.utf8.count + position : position
        for served in 4...5 {
            guard connection.channel.isActive else { break }
            let (response, _) = try connection.receive(Self.pieces(text, at: place))
            #expect(response.hasSuffix("\r\n\r\n\(Self.body)"))
            #expect(response.hasPrefix("HTTP/1.1 100 ") == field.hasPrefix("Expect"))
            #expect(connection.endpoint.served == served)
        }
        #expect(connection.channel.isActive != field.hasPrefix("Connection: close"))
        try connection.end()
    }

    /// A request in pieces that is refused is not taken for the beginning of another one.
    @Test func nothingIsServedBehindARequestThatIsRefused() throws {
        let connection = try Connection()
        try connection.fill()
        let (response, _) = try connection.receive([
            "POST / HTTP/1.1\r\nHost: local", "host\r\nbad field\r\n\r\n", Self.text,
        ])
        #expect(response.hasPrefix("HTTP/1.1 400 "))
        #expect(connection.endpoint.served == 3)
        try connection.end()
    }

    @Test func aRequestThatDoesNotComeToItsEndIsRefused() throws {
        let connection = try Connection()
        try connection.fill()
        #expect(try connection.receive([Self.head]).decoded == 0)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        connection.channel.embeddedEventLoop.run()
        #expect(!connection.channel.isActive)
        #expect(try connection.sent().hasPrefix("HTTP/1.1 400 "))
        #expect(connection.endpoint.served == 3)
        try connection.end()
    }

    @Test func aClientThatDoesNotSendTheRestIsNotWaitedForLonger() throws {
        var limits = ConnectionLimits()
        limits.idleTimeout = .milliseconds(1)
        let connection = try Connection(limits)
        try connection.fill()
        #expect(try connection.receive([Self.head]).decoded == 0)
        // Its deadlines are instants of this machine's clock, of which less than an hour passes here.
        while connection.channel.isActive { connection.channel.embeddedEventLoop.advanceTime(by: .hours(1)) }
        #expect(connection.endpoint.served == 3)
        try connection.end()
    }
}
