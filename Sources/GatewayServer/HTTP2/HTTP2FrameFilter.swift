internal import NIOCore

/// Handles the frames of one connection that NIO's state machine treats as connection errors, or treats too late.
///
/// A value without I/O: it returns actions, which `HTTP2FrameHandler` performs. It reads the heads of frames; of header blocks, which
/// only NIO's decoder can decompress, it only reads the lengths of names.
///
/// * NIO applies the gateway's settings when the client acknowledges them; until then its own limits apply, and a first
///   request with large header fields ends the connection. So NIO gets an acknowledgment together with the client's settings, and
///   the client's own one is dropped. None of the settings demands less of the gateway than the protocol's defaults.
/// * NIO refuses streams once it has written GOAWAY, whatever last stream that names. So GOAWAY without an error is
///   written here, and NIO does not see it.
/// * A stream beyond the limit and DATA on a closed stream are stream errors: the stream is reset for the client, and for NIO as if
///   the client had reset it. NIO's limit of resets counts these too.
/// * A field with an empty name makes a request malformed, which is a stream error: see `HTTP2EmptyNames`.
struct HTTP2FrameFilter {
    /// An action for the handler.
    enum Action: Hashable {
        /// Pass bytes of the client on to NIO.
        case pass(ByteBuffer)
        /// Send a frame to the client.
        case send(ByteBuffer)
    }

    /// An error code: https://www.rfc-editor.org/rfc/rfc9113#section-7.
    private enum ErrorCode: UInt32 {
        case noError = 0x0
        case streamClosed = 0x5
        case refusedStream = 0x7
    }

    /// An open stream.
    private struct Stream {
        /// Whether the client may send more.
        var isReceiving: Bool
        /// Whether the gateway may send more.
        var isSending = true
    }

    /// The values of SETTINGS that the client gets instead of NIO's.
    struct Limits: Sendable {
        var maximumStreams: Int
        var maximumHeaderBytes: Int
    }

    private let limits: Limits
    /// The bytes that have arrived and are not handled yet.
    private var input = ByteBuffer()
    private var next = CircularBuffer<Action>()
    private var prefaceLeft = 24
    private var frame = HTTP2FrameHead(.data, length: 0)
    private var payloadLeft = 0
    private var discardsPayload = false
    private var emptyNames = HTTP2EmptyNames()
    /// The stream to be refused whose header block is arriving.
    private var refused: UInt32?
    private var hasSettings = false
    private var awaitsACK = false
    private var streams: [UInt32: Stream] = [:]
    /// The highest stream that the client has opened.
    private var highestStreamID: UInt32 = 0
    /// The highest stream that the client has opened and the gateway serves.
    private(set) var lastStreamID: UInt32 = 0
    private var refusesStreams = false
    /// The streams that the gateway has reset lately: frames that the client sent before it learned of that are ignored.
    private var recentlyReset = CircularBuffer<UInt32>()
    private var expectsDataPayload = false
    /// The stream on which HEADERS have arrived after its end.
    private var headersAfterEnd: UInt32?
    /// Whether a connection error has occurred, so that GOAWAY with its code is sent.
    private(set) var hasFailed = false

    private static let maximumRecentlyReset = 200

    init(_ limits: Limits) {
        self.limits = limits
    }

    // MARK: - From the client

    /// Adds bytes that have arrived.
    mutating func receive(_ bytes: ByteBuffer) {
        guard input.readableBytes > 0 else {
            input = bytes
            return
        }
        var bytes = bytes
        if input.readerIndex > 0 {
            // What was read before goes: NIO may still have parts of the former buffer, which would keep it all.
            var rest = ByteBuffer()
            rest.reserveCapacity(input.readableBytes + bytes.readableBytes)
            rest.writeBuffer(&input)
            input = rest
        }
        input.writeBuffer(&bytes)
    }

    /// The memory that bytes take which are not handled yet, in bytes.
    var inputCapacity: Int { input.capacity }

    /// Returns the next action; nil: none until more bytes arrive.
    ///
    /// One frame at a time, as NIO may reset a stream while it handles a frame.
    mutating func nextAction() -> Action? {
        while true {
            if let action = next.popFirst() { return action }
            guard !hasFailed, input.readableBytes > 0 else { return nil }
            if prefaceLeft > 0 {
                let count = min(prefaceLeft, input.readableBytes)
                prefaceLeft -= count
                return input.readSlice(length: count).map { .pass($0) }
            }
            let headBytes = payloadLeft > 0 ? 0 : HTTP2FrameHead.byteCount
            if payloadLeft == 0 {
                guard let head = HTTP2FrameHead(of: input), isComplete(head) else { return nil }
                begin(head)
            }
            let count = min(payloadLeft, input.readableBytes - headBytes)
            payloadLeft -= count
            let discards = discardsPayload
            let part = input.readSlice(length: headBytes + count)
            if payloadLeft == 0 { end() }
            if !discards, let part { return .pass(part) }
        }
    }

    /// Whether the next frame can be handled: one with a part of a header block only when it is complete, unless it is too long.
    private func isComplete(_ head: HTTP2FrameHead) -> Bool {
        guard head.hasHeaderBlock, head.length <= HTTP2FrameHead.maximumLength else { return true }
        return input.readableBytes >= HTTP2FrameHead.byteCount + head.length
    }

    /// Handles the head of a frame.
    private mutating func begin(_ head: HTTP2FrameHead) {
        frame = head
        payloadLeft = head.length
        discardsPayload = false
        if head.hasHeaderBlock, head.length <= HTTP2FrameHead.maximumLength {
            if head.kind == .headers { emptyNames = HTTP2EmptyNames() }
            if let block = head.headerBlock(in: input) { emptyNames.replace(in: &input, block) }
        }
        if head.kind != .continuation { headersAfterEnd = nil }
        let isOfClient = head.streamID & 1 == 1
        switch head.kind {
        case .headers where isOfClient && head.streamID > highestStreamID: open(head)
        case .headers:
            if streams[head.streamID]?.isReceiving == false { headersAfterEnd = head.streamID }
            if head.endsStream { didReceiveEnd(of: head.streamID) }
        case .data:
            if streams[head.streamID]?.isReceiving == true {
                if head.endsStream { didReceiveEnd(of: head.streamID) }
            } else {
                let wasOpen = isOfClient && head.streamID <= highestStreamID
                // One that is too long is a connection error, which NIO detects.
                discardsPayload = wasOpen && head.length <= HTTP2FrameHead.maximumLength
            }
        case .rstStream: streams[head.streamID] = nil
        case .settings where head.isACK && head.length == 0 && awaitsACK:
            awaitsACK = false
            discardsPayload = true
        case .settings, .goAway, .windowUpdate, .continuation, nil: break
        }
    }

    /// Handles a stream that the client opens.
    private mutating func open(_ head: HTTP2FrameHead) {
        highestStreamID = head.streamID
        guard !refusesStreams, streams.count < limits.maximumStreams else {
            // Its header block has to be decoded, as it changes the decoder's table; its request must not be executed.
            HTTP2FrameHead.clearEndStream(of: &input)
            refused = head.streamID
            return
        }
        lastStreamID = head.streamID
        streams[head.streamID] = Stream(isReceiving: !head.endsStream)
    }

    /// Handles the end of a frame.
    private mutating func end() {
        switch frame.kind {
        case .settings where !hasSettings && !frame.isACK:
            hasSettings = true
            awaitsACK = true
            next.append(.pass(HTTP2FrameHead.settingsACK))
        case .headers where frame.endsHeaders, .continuation where frame.endsHeaders:
            guard let stream = refused else { return }
            refused = nil
            reset(stream, .refusedStream)
        case .data where discardsPayload: didDiscardData()
        default: break
        }
    }

    /// Handles DATA on a stream that accepts none: https://www.rfc-editor.org/rfc/rfc9113#section-6.1.
    private mutating func didDiscardData() {
        // NIO has not counted the bytes, so the connection's window has to be increased again.
        if frame.length > 0 { next.append(.send(HTTP2FrameHead.frame(.windowUpdate, UInt32(frame.length)))) }
        let isLate = recentlyReset.contains(frame.streamID) && (frame.length > 0 || frame.endsStream)
        if !isLate { reset(frame.streamID, .streamClosed) }
    }

    private mutating func reset(_ stream: UInt32, _ code: ErrorCode) {
        next.append(.pass(HTTP2FrameHead.frame(.rstStream, streamID: stream, code.rawValue)))
        next.append(.send(HTTP2FrameHead.frame(.rstStream, streamID: stream, code.rawValue)))
        didReset(stream)
    }

    // MARK: - From NIO

    /// Processes bytes that NIO writes: a frame, or the head of a DATA frame, or its payload.
    mutating func send(_ bytes: inout ByteBuffer) {
        guard !expectsDataPayload else {
            expectsDataPayload = false
            return
        }
        guard let head = HTTP2FrameHead(of: bytes) else { return }
        let payload = bytes.readerIndex + HTTP2FrameHead.byteCount
        switch head.kind {
        case .data:
            expectsDataPayload = true
            if head.endsStream { didSendEnd(of: head.streamID) }
        case .headers: if head.endsStream { didSendEnd(of: head.streamID) }
        case .rstStream:
            // NIO has chosen another code: https://www.rfc-editor.org/rfc/rfc9113#section-5.1.
            if head.streamID == headersAfterEnd { bytes.setInteger(ErrorCode.streamClosed.rawValue, at: payload) }
            didReset(head.streamID)
        case .settings: if !head.isACK { advertise(in: &bytes, at: payload, count: head.length / 6) }
        case .goAway:
            // NIO only writes it for errors, with a last stream ID of its own.
            hasFailed = true
            bytes.setInteger(lastStreamID, at: payload)
        case .windowUpdate, .continuation, nil: break
        }
    }

    /// Replaces the values in SETTINGS by the limits for clients.
    private func advertise(in bytes: inout ByteBuffer, at start: Int, count: Int) {
        for index in stride(from: start, to: start + 6 * count, by: 6) {
            // https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2
            switch bytes.getInteger(at: index, as: UInt16.self) {
            case 0x3: bytes.setInteger(UInt32(limits.maximumStreams), at: index + 2)
            case 0x6: bytes.setInteger(UInt32(limits.maximumHeaderBytes), at: index + 2)
            default: break
            }
        }
    }

    // MARK: - The end

    /// The GOAWAY that asks the client to open no more streams; streams that are on their way are served.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-6.8
    static let stopNotice = HTTP2FrameHead.frame(.goAway, 0x7FFF_FFFF, ErrorCode.noError.rawValue)

    /// Refuses streams from now on; returns the GOAWAY with the ID of the last one that is served.
    mutating func refuseStreams() -> ByteBuffer {
        refusesStreams = true
        return HTTP2FrameHead.frame(.goAway, lastStreamID, ErrorCode.noError.rawValue)
    }

    // MARK: - Streams

    private mutating func didReceiveEnd(of stream: UInt32) {
        streams[stream]?.isReceiving = false
        if streams[stream]?.isSending == false { streams[stream] = nil }
    }

    private mutating func didSendEnd(of stream: UInt32) {
        streams[stream]?.isSending = false
        if streams[stream]?.isReceiving == false { streams[stream] = nil }
    }

    private mutating func didReset(_ stream: UInt32) {
        streams[stream] = nil
        if recentlyReset.count == Self.maximumRecentlyReset { recentlyReset.removeFirst() }
        recentlyReset.append(stream)
    }
}
