private import JSON

/// Reads one HTTP/1.1 response to a `GET` from the bytes of a connection, in parts of any size.
///
/// A pure state machine: bytes in, a response or a failure out. It accepts what a client must accept, and refuses a response whose
/// end is ambiguous: https://www.rfc-editor.org/rfc/rfc9112#section-6.3
struct HTTP1ResponseReader {
    /// The state of the response after some bytes.
    enum Step: Equatable {
        /// More bytes are needed.
        case incomplete
        /// The response is complete.
        case complete
        /// There will be no response.
        case failed(TransportError.Code)
    }

    private enum State {
        case statusLine, fields
        case content(remaining: Int)
        case chunks(HTTP1ChunkReader)
        case contentUntilEnd
        case ended
    }

    /// The most empty lines before a status line.
    private static let maximumEmptyLines = 8
    /// The most bytes of a head.
    static let maximumHeadBytes = 256 << 10

    /// The final response's head so far.
    private(set) var head = HTTP1ResponseHead()
    /// The content as it was received, with its content coding.
    private(set) var content: [UInt8] = []
    /// Whether any byte has been received.
    private(set) var hasBegun = false
    /// Whether a status line has been received: bytes before it may be the rest of an earlier response.
    private(set) var hasStatusLine = false
    /// Whether only the end of the connection ended the content, so that part of it may be missing.
    private(set) var hasUnstatedEnd = false
    /// Whether bytes were received that belong to no response.
    private(set) var hasExcess = false
    /// Whether the connection has ended.
    private var isConnectionOver = false

    private var state = State.statusLine
    private var lineStart = 0
    private var emptyLineCount = 0
    /// The bytes of interim responses.
    private var interimBytes = 0
    private let maximumContentBytes: Int

    /// Begins a response whose content may have at most `maximumContentBytes` bytes.
    init(maximumContentBytes: Int) {
        self.maximumContentBytes = maximumContentBytes
    }

    /// Whether the connection may be reused after the complete response.
    var keepsConnection: Bool {
        guard case .ended = state else { return false }
        return head.keepsConnection && !hasExcess && !isConnectionOver
    }

    /// Returns the content, and releases it.
    mutating func takeContent() -> [UInt8] {
        defer { content = [] }
        return content
    }

    /// Whether the head is complete.
    var isHeadComplete: Bool {
        switch state {
        case .statusLine, .fields: false
        case .content, .chunks, .contentUntilEnd, .ended: true
        }
    }

    /// Reads bytes that were received.
    mutating func receive(_ bytes: Span<UInt8>) -> Step {
        hasBegun = hasBegun || !bytes.isEmpty
        var position = 0
        while position < bytes.count {
            let step: Step
            switch state {
            case .statusLine, .fields:
                step = receiveLine(bytes, &position)
            case .content(let remaining):
                step = receiveContent(bytes, &position, remaining)
            case .chunks(var reader):
                // While the reader is changed, the state has no copy of it.
                state = .ended
                step = reader.receive(bytes, &position, into: &content, maximumBytes: maximumContentBytes)
                if step == .incomplete { state = .chunks(reader) }
            case .contentUntilEnd:
                step = append(bytes, &position, count: bytes.count - position) ? .incomplete : .failed(.tooLarge)
            case .ended:
                hasExcess = true
                return .complete
            }
            if case .failed = step { return step }
            if step == .complete, position < bytes.count { hasExcess = true }
            if step == .complete { return step }
        }
        if case .ended = state { return .complete }
        return .incomplete
    }

    /// Handles the end of the connection.
    mutating func receiveEnd() -> Step {
        isConnectionOver = true
        switch state {
        case .statusLine, .fields: return .failed(.closedEarly)
        case .content, .chunks: return .failed(.truncated)
        case .contentUntilEnd, .ended:
            state = .ended
            return .complete
        }
    }

    // MARK: - Head

    /// Reads bytes up to the end of a line of the head.
    private mutating func receiveLine(_ bytes: Span<UInt8>, _ position: inout Int) -> Step {
        let start = position
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: start..<bytes.count)
        let isWhole = end != nil
        position = end.map { $0 + 1 } ?? bytes.count
        guard head.bytes.count + (position - start) <= Self.maximumHeadBytes else { return .failed(.tooLarge) }
        head.append(bytes.extracting(start..<position))
        guard isWhole else { return .incomplete }
        defer { lineStart = head.bytes.count }
        if case .statusLine = state {
            // Some servers send an additional empty line after a response: https://www.rfc-editor.org/rfc/rfc9112#section-9.2-2
            if head.isEmptyLine(from: 0), emptyLineCount < Self.maximumEmptyLines {
                emptyLineCount += 1
                head = HTTP1ResponseHead()
                return .incomplete
            }
            guard head.readStatusLine() else { return .failed(.malformedResponse) }
            hasStatusLine = true
            state = .fields
            return .incomplete
        }
        guard !head.isEmptyLine(from: lineStart) else { return endHead() }
        return head.readField(from: lineStart) ? .incomplete : .failed(.malformedResponse)
    }

    /// Determines how the content ends.
    private mutating func endHead() -> Step {
        if head.status < 200 {
            // An interim response; no request asks for another protocol.
            guard head.status != 101 else { return .failed(.malformedResponse) }
            interimBytes += head.bytes.count
            guard interimBytes <= Self.maximumHeadBytes else { return .failed(.tooLarge) }
            head = HTTP1ResponseHead()
            state = .statusLine
            return .incomplete
        }
        guard head.status != 204, head.status != 304 else { return end() }
        if head.isChunked {
            state = .chunks(HTTP1ChunkReader())
        } else if let length = head.contentLength {
            guard length <= maximumContentBytes else { return .failed(.tooLarge) }
            guard length > 0 else { return end() }
            content.reserveCapacity(length)
            state = .content(remaining: length)
        } else {
            state = .contentUntilEnd
            hasUnstatedEnd = true
        }
        return .incomplete
    }

    private mutating func end() -> Step {
        state = .ended
        return .complete
    }

    // MARK: - Content

    private mutating func receiveContent(_ bytes: Span<UInt8>, _ position: inout Int, _ remaining: Int) -> Step {
        let count = min(remaining, bytes.count - position)
        guard append(bytes, &position, count: count) else { return .failed(.tooLarge) }
        guard count < remaining else { return end() }
        state = .content(remaining: remaining - count)
        return .incomplete
    }

    private mutating func append(_ bytes: Span<UInt8>, _ position: inout Int, count: Int) -> Bool {
        guard content.count + count <= maximumContentBytes else { return false }
        content.append(bytes.extracting(position..<(position + count)))
        position += count
        return true
    }
}

extension [UInt8] {
    /// Appends bytes.
    mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
