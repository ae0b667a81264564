/// Extracts the content from chunks.
///
/// https://www.rfc-editor.org/rfc/rfc9112#section-7.1
struct HTTP1ChunkReader {
    private enum State {
        case size, sizeExtension
        case content(remaining: Int)
        case endOfContent
        case trailer
    }

    /// The most bytes of trailers, and of the line of a chunk's size with its extension and the line end before it.
    private static let maximumLineBytes = 64 << 10

    private var state = State.size
    private var size = 0
    private var hasDigit = false
    private var lineBytes = 0
    private var trailerIsEmpty = true

    /// Reads bytes, and appends their content.
    mutating func receive(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        into content: inout [UInt8],
        maximumBytes: Int
    ) -> HTTP1ResponseReader.Step {
        while position < bytes.count {
            if case .content(let remaining) = state {
                let count = min(remaining, bytes.count - position)
                guard content.count + count <= maximumBytes else { return .failed(.tooLarge) }
                content.append(bytes.extracting(position..<(position + count)))
                position += count
                state = count == remaining ? .endOfContent : .content(remaining: remaining - count)
                continue
            }
            let byte = bytes[position]
            position += 1
            let step = receive(byte)
            guard step == .incomplete else { return step }
        }
        return .incomplete
    }

    /// Reads a byte that is not content.
    private mutating func receive(_ byte: UInt8) -> HTTP1ResponseReader.Step {
        guard count(byte) else { return .failed(.malformedResponse) }
        switch state {
        case .size: return receiveSize(byte)
        case .sizeExtension:
            return byte == UInt8(ascii: "\n") ? endSize() : .incomplete
        case .endOfContent:
            if byte == UInt8(ascii: "\r") { return .incomplete }
            guard byte == UInt8(ascii: "\n") else { return .failed(.truncated) }
            state = .size
            return .incomplete
        case .trailer:
            if byte == UInt8(ascii: "\n") {
                if trailerIsEmpty { return .complete }
                trailerIsEmpty = true
            } else if byte != UInt8(ascii: "\r") {
                trailerIsEmpty = false
            }
            return .incomplete
        case .content: return .incomplete
        }
    }

    private mutating func receiveSize(_ byte: UInt8) -> HTTP1ResponseReader.Step {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "\n") where hasDigit: return endSize()
        case UInt8(ascii: "\r"), UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "\t"):
            guard hasDigit else { return .failed(.truncated) }
            state = .sizeExtension
            return .incomplete
        default: return .failed(.truncated)
        }
        guard size < 1 << 40 else { return .failed(.tooLarge) }
        size = size << 4 | Int(digit)
        hasDigit = true
        return .incomplete
    }

    private mutating func endSize() -> HTTP1ResponseReader.Step {
        state = size == 0 ? .trailer : .content(remaining: size)
        (size, hasDigit, lineBytes) = (0, false, 0)
        return .incomplete
    }

    /// Counts a byte of a line; returns whether it is within the limit.
    private mutating func count(_ byte: UInt8) -> Bool {
        lineBytes += 1
        return lineBytes <= Self.maximumLineBytes
    }
}
