private import JSON

/// The head of an HTTP/1.1 response, with the fields that determine the content's end.
struct HTTP1ResponseHead {
    /// The lines as they were received.
    private(set) var bytes: [UInt8] = []
    /// The status code.
    private(set) var status = 0
    /// The content's length in bytes, if it is stated.
    private(set) var contentLength: Int?
    /// Whether the content has the transfer coding `chunked`.
    private(set) var isChunked = false
    /// The content codings in the order in which they were applied, in lowercase.
    private(set) var contentCodings: [String] = []

    /// The meaning of a field for the exchange.
    private enum Meaning {
        /// It determines the content's end.
        case framing
        case connection
        case contentCoding
        /// None.
        case other
    }

    /// More bytes than most heads have.
    private static let usualByteCount = 512

    private var isHTTP11 = false
    private var saysClose = false
    private var saysKeepAlive = false
    private var hasTransferCoding = false
    /// The meaning of the field that a folded line continues; nil before the first field.
    private var lastField: Meaning?

    /// Whether the upstream keeps the connection open after this response.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.3
    var keepsConnection: Bool { !saysClose && (isHTTP11 || saysKeepAlive) && !isEndDoubtful }

    /// Whether the next response may begin elsewhere than where this one ends.
    private var isEndDoubtful: Bool {
        // Some servers send content despite the status: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5
        if status == 204, hasTransferCoding || contentLength ?? 0 > 0 { return true }
        // Two statements of the length, or one that HTTP/1.0 does not define:
        // https://www.rfc-editor.org/rfc/rfc9112#section-6.3-2.3 and #section-6.1-16
        return hasTransferCoding && (!isChunked || !isHTTP11 || contentLength != nil)
    }

    /// Adds a part of a line.
    mutating func append(_ part: Span<UInt8>) {
        if bytes.isEmpty { bytes.reserveCapacity(Self.usualByteCount) }
        bytes.append(part)
    }

    /// Reads the status line; returns whether it is one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-4
    mutating func readStatusLine() -> Bool {
        // "HTTP/1.1 200", and a reason phrase that may be missing.
        let end = lineEnd
        guard end >= 12, bytes.starts(with: "HTTP/1.".utf8), end == 12 || bytes[12] == UInt8(ascii: " "),
            bytes[7] == UInt8(ascii: "0") || bytes[7] == UInt8(ascii: "1"), bytes[8] == UInt8(ascii: " ")
        else { return false }
        for index in 9..<12 {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return false }
            status = status * 10 + Int(digit)
        }
        isHTTP11 = bytes[7] == UInt8(ascii: "1")
        return status >= 100
    }

    /// Whether the line that begins here ends the head.
    func isEmptyLine(from start: Int) -> Bool {
        bytes[start] == UInt8(ascii: "\n") || (bytes[start] == UInt8(ascii: "\r") && bytes.count == start + 2)
    }

    /// Reads a field line; returns false if the response must be refused.
    mutating func readField(from start: Int) -> Bool {
        guard bytes[start] != UInt8(ascii: " "), bytes[start] != UInt8(ascii: "\t") else { return unfold(from: start) }
        let end = lineEnd
        guard let colon = bytes.span.firstIndex(of: UInt8(ascii: ":"), in: start..<end), colon > start,
            !hasNUL(in: start..<end)
        else { return false }
        lastField = .other
        // PERF: one byte rules out nearly every other field.
        let first = bytes[start] | 0x20
        guard first == UInt8(ascii: "c") || first == UInt8(ascii: "t") else { return true }
        // With white space before the colon, other recipients would read another field.
        guard bytes[colon - 1] != UInt8(ascii: " "), bytes[colon - 1] != UInt8(ascii: "\t") else { return false }
        let (name, value) = (start..<colon, (colon + 1)..<end)
        if has("content-length", in: name) {
            lastField = .framing
            return readLength(value)
        } else if has("transfer-encoding", in: name) {
            lastField = .framing
            return readTransferCodings(value)
        } else if has("connection", in: name) {
            lastField = .connection
        } else if has("content-encoding", in: name) {
            lastField = .contentCoding
        }
        readElements(value)
        return true
    }

    /// Continues the last field with a folded line; returns false if the response must be refused.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-5.2
    private mutating func unfold(from start: Int) -> Bool {
        // A folded line must not change the content's end.
        if case .framing? = lastField { return false }
        guard !hasNUL(in: start..<bytes.count) else { return false }
        // A folded line directly after the status line belongs to no field.
        guard lastField != nil else { return true }
        bytes[start - 1] = UInt8(ascii: " ")
        if bytes[start - 2] == UInt8(ascii: "\r") { bytes[start - 2] = UInt8(ascii: " ") }
        readElements(start..<lineEnd)
        return true
    }

    /// Reads the elements in a line of the last field, if its list is relevant.
    private mutating func readElements(_ value: Range<Int>) {
        switch lastField {
        case .connection?:
            // PERF: nearly always the only element.
            if has("keep-alive", in: trimmed(value)) {
                saysKeepAlive = true
                return
            }
            for option in elements(in: value) {
                if option == "close" { saysClose = true }
                if option == "keep-alive" { saysKeepAlive = true }
            }
        case .contentCoding?:
            // "none" is no registered coding, but servers send it for no coding.
            contentCodings += elements(in: value).filter { $0 != "identity" && $0 != "none" }
        case .framing?, .other?, nil: break
        }
    }

    /// Reads the transfer codings; returns false if the response must be refused.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-6.1
    private mutating func readTransferCodings(_ value: Range<Int>) -> Bool {
        hasTransferCoding = true
        // HTTP of RFC 2616 had "identity" for no coding: https://www.rfc-editor.org/rfc/rfc2616#section-3.6
        let codings = elements(in: value).filter { $0 != "identity" }
        guard !codings.isEmpty else { return true }
        // Requests accept no chunks within other codings.
        guard !isChunked, codings == ["chunked"] else { return false }
        isChunked = true
        return true
    }

    /// Whether a range is a name, in any letter case.
    private func has(_ name: StaticString, in range: Range<Int>) -> Bool {
        guard name.utf8CodeUnitCount == range.count else { return false }
        return name.withUTF8Buffer { name in
            // Each letter is one of the name's, or differs from it only in the bit of the letter case.
            name.indices.allSatisfy { index in
                let byte = bytes[range.lowerBound + index]
                return unsafe byte == name[index] || (byte | 0x20 == name[index] && byte & 0x40 != 0)
            }
        }
    }

    private func hasNUL(in range: Range<Int>) -> Bool {
        bytes.span.firstIndex(of: 0, in: range) != nil
    }

    /// Reads a length, which may be stated more than once if it is the same.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-6.3-2.5
    private mutating func readLength(_ value: Range<Int>) -> Bool {
        var length = 0
        var (hasDigit, isOver) = (false, false)
        for index in value {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard !isOver else { return false }
                // A number that is too large for `Int` is too large in any case.
                length = length < Int.max / 100 ? length * 10 + Int(byte - UInt8(ascii: "0")) : .max
                hasDigit = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                isOver = hasDigit
            case UInt8(ascii: ","):
                guard hasDigit, accept(length) else { return false }
                (length, hasDigit, isOver) = (0, false, false)
            default: return false
            }
        }
        return hasDigit && accept(length)
    }

    private mutating func accept(_ length: Int) -> Bool {
        defer { contentLength = length }
        return contentLength == nil || contentLength == length
    }

    /// A range without the spaces and tabs around it.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while start < end, isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The elements of a list in lowercase.
    private func elements(in value: Range<Int>) -> [String] {
        bytes[value].split(separator: UInt8(ascii: ",")).compactMap { element in
            let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            guard let first = element.firstIndex(where: { !isSpace($0) }),
                let last = element.lastIndex(where: { !isSpace($0) })
            else { return nil }
            return String(decoding: element[first...last], as: UTF8.self).lowercased()
        }
    }

    /// The index of the end of the last line, without its line ending.
    private var lineEnd: Int {
        let end = bytes.count - 1
        return end > 0 && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }
}
