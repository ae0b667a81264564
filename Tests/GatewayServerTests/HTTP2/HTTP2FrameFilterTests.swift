import NIOCore
import Testing

@testable import GatewayServer

/// The filter of frames without a connection.
@Suite struct HTTP2FrameFilterTests {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private static let settings: [UInt8] = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 10]
    private static let ack: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]

    /// A frame with an empty payload, or one of equal bytes, each of which is a whole field of a header block.
    private static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt8, length: UInt8 = 0) -> [UInt8] {
        [0, 0, length, type, flags, 0, 0, 0, stream] + [UInt8](repeating: 0x82, count: Int(length))
    }

    /// What a filter hands to NIO, and what it sends to the client, when bytes arrive in parts of a size.
    private static func run(
        _ bytes: [UInt8],
        by size: Int,
        _ filter: inout HTTP2FrameFilter
    ) -> (passed: [UInt8], sent: [UInt8]) {
        var (passed, sent): ([UInt8], [UInt8]) = ([], [])
        for start in stride(from: 0, to: bytes.count, by: size) {
            filter.receive(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            while let action = filter.nextAction() {
                switch action {
                case .pass(let part): passed += part.readableBytesView
                case .send(let frame): sent += frame.readableBytesView
                }
            }
        }
        return (passed, sent)
    }

    private static func filter(maximumStreams: Int = 2) -> HTTP2FrameFilter {
        HTTP2FrameFilter(HTTP2FrameFilter.Limits(maximumStreams: maximumStreams, maximumHeaderBytes: 65536))
    }

    @Test(arguments: [1, 2, 9, 10, 1000])
    func settingsAreAcknowledgedAsTheyArrive(size: Int) {
        var filter = Self.filter()
        let bytes = Self.preface + Self.settings + Self.frame(6, stream: 0, length: 8) + Self.ack + Self.ack
        let (passed, sent) = Self.run(bytes, by: size, &filter)
        #expect(
            passed == Self.preface + Self.settings + Self.ack + Self.frame(6, stream: 0, length: 8) + Self.ack
        )
        #expect(sent == [])
    }

    /// Bytes that end within the head of a frame each time: what has been passed on takes no memory any more.
    @Test func framesThatArriveInUnfavourablePartsTakeNoMemory() {
        var filter = Self.filter()
        _ = Self.run(Self.preface + Self.settings, by: 1000, &filter)
        let frame = Self.frame(6, stream: 0, length: 250)
        _ = Self.run(Array(frame.prefix(5)), by: 1000, &filter)
        var passed = 0
        for _ in 0..<4000 {
            passed += Self.run(Array(frame.dropFirst(5) + frame.prefix(5)), by: 1000, &filter).passed.count
            #expect(filter.inputCapacity <= 4096)
        }
        #expect(passed == 4000 * frame.count)
    }

    @Test(arguments: [1, 2, 9, 10, 1000])
    func aStreamBeyondTheLimitIsRefusedWhenItsHeadersAreComplete(size: Int) {
        var filter = Self.filter()
        let opening =
            Self.preface + Self.settings + Self.frame(1, flags: 4, stream: 1) + Self.frame(1, flags: 4, stream: 3)
        _ = Self.run(opening, by: size, &filter)
        let third = Self.frame(1, flags: 1, stream: 5, length: 3) + Self.frame(9, flags: 4, stream: 5, length: 2)
        let (passed, sent) = Self.run(third + Self.frame(0, flags: 1, stream: 5, length: 4), by: size, &filter)
        let reset: [UInt8] = [0, 0, 4, 3, 0, 0, 0, 0, 5, 0, 0, 0, 7]
        let headers = Self.frame(1, stream: 5, length: 3) + Self.frame(9, flags: 4, stream: 5, length: 2)
        #expect(passed == headers + reset)
        #expect(sent == reset + [0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 4])
        #expect(filter.lastStreamID == 3)
        // A stream that ends makes way for another.
        var end = ByteBuffer(bytes: Self.frame(1, flags: 5, stream: 3))
        filter.send(&end)
        _ = Self.run(Self.frame(0, flags: 1, stream: 3), by: size, &filter)
        let (next, refusal) = Self.run(Self.frame(1, flags: 5, stream: 7), by: size, &filter)
        #expect(next == Self.frame(1, flags: 5, stream: 7))
        #expect(refusal == [])
        #expect(filter.lastStreamID == 7)
    }

    @Test func settingsAndGOAWAYOfNIOAreRewritten() {
        var filter = Self.filter()
        var settings = ByteBuffer(bytes: [0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 6, 0, 4, 0, 0] as [UInt8])
        filter.send(&settings)
        #expect(
            Array(settings.readableBytesView) == [0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 2, 0, 6, 0, 1, 0, 0]
        )
        _ = Self.run(Self.preface + Self.settings + Self.frame(1, flags: 4, stream: 9), by: 1000, &filter)
        // The payload of DATA is none of the filter's business, whatever it looks like.
        var (head, payload) = (ByteBuffer(bytes: Self.frame(0, stream: 9)), ByteBuffer(bytes: Self.frame(7, stream: 0)))
        filter.send(&head)
        filter.send(&payload)
        #expect(!filter.hasFailed)
        var goAway = ByteBuffer(bytes: [0, 0, 8, 7, 0, 0, 0, 0, 0, 127, 255, 255, 255, 0, 0, 0, 1] as [UInt8])
        filter.send(&goAway)
        #expect(Array(goAway.readableBytesView) == [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1])
        #expect(filter.hasFailed)
        #expect(Self.run(Self.frame(6, stream: 0, length: 8), by: 1000, &filter).passed == [])
    }
}
