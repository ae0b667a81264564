/// The head of an HTTP/1.1 response, and what it says of the content's end.
struct HTTP1ResponseHead {
    /// The lines as they came.
    private(set) var bytes: [UInt8] = []
    /// The status code.
    private(set) var status = 0
    /// The content's length, if it is stated.
    private(set) var contentLength: Int?
    /// Whether the content comes in chunks.
    private(set) var isChunked = false
    /// The content codings in the order in which they were applied, in lowercase.
    private(set) var contentCodings: [String] = []

    private var isHTTP11 = false
    private var saysClose = false
    private var saysKeepAlive = false
    // A line that goes on, which HTTP no longer allows, must not change how the content ends.
    private var lastFieldFrames = false

    /// Whether the upstream goes on with the connection after this response.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.3
    var keepsConnection: Bool {
        // Two statements of the length: https://www.rfc-editor.org/rfc/rfc9112#section-6.3-2.3
        !saysClose && (isHTTP11 || saysKeepAlive) && !(isChunked && contentLength != nil)
    }

    /// Adds a part of a line.
    mutating func append(_ part: Span<UInt8>) {
        bytes.append(part)
    }

    /// Reads the status line; returns whether it is one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-4
    mutating func readStatusLine() -> Bool {
        let line = trimmedLine(from: 0)
        // "HTTP/1.1 200", and a reason that may be missing.
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line.count == 12 || line[12] == UInt8(ascii: " ")
        else {
            return false
        }
        guard line[7] == UInt8(ascii: "0") || line[7] == UInt8(ascii: "1"), line[8] == UInt8(ascii: " ") else {
            return false
        }
        for byte in line[9..<12] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
            status = status * 10 + Int(byte - UInt8(ascii: "0"))
        }
        isHTTP11 = line[7] == UInt8(ascii: "1")
        return status >= 100
    }

    /// Whether the line that begins here ends the head.
    func isEmptyLine(from start: Int) -> Bool {
        bytes[start] == UInt8(ascii: "\n") || (bytes[start] == UInt8(ascii: "\r") && bytes.count == start + 2)
    }

    /// Reads a field line; returns false if the response must be refused.
    mutating func readField(from start: Int) -> Bool {
        let first = bytes[start] | 0x20
        guard bytes[start] != UInt8(ascii: " "), bytes[start] != UInt8(ascii: "\t") else { return !lastFieldFrames }
        let line = trimmedLine(from: start)
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > start, !line.contains(0) else { return false }
        lastFieldFrames = false
        // PERF: one byte rules out nearly every other field.
        guard first == UInt8(ascii: "c") || first == UInt8(ascii: "t") else { return true }
        let value = line[(colon + 1)...]
        switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
        case "content-length":
            lastFieldFrames = true
            return readLength(value)
        case "transfer-encoding":
            lastFieldFrames = true
            // Chunks within other codings are not asked for.
            guard !isChunked, elements(of: value) == ["chunked"] else { return false }
            isChunked = true
        case "connection":
            for option in elements(of: value) {
                if option == "close" { saysClose = true }
                if option == "keep-alive" { saysKeepAlive = true }
            }
        case "content-encoding":
            contentCodings += elements(of: value).filter { $0 != "identity" }
        default: break
        }
        // White space before the colon would make it another field to others.
        return line[colon - 1] != UInt8(ascii: " ") && line[colon - 1] != UInt8(ascii: "\t")
    }

    /// Takes a length, which may be stated more than once if it is the same.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-6.3-2.5
    private mutating func readLength(_ value: ArraySlice<UInt8>) -> Bool {
        let texts = elements(of: value)
        guard !texts.isEmpty else { return false }
        for text in texts {
            guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let length = Int(text),
                contentLength == nil || contentLength == length
            else { return false }
            contentLength = length
        }
        return true
    }

    /// The elements of a list in lowercase.
    private func elements(of value: ArraySlice<UInt8>) -> [String] {
        value.split(separator: UInt8(ascii: ",")).compactMap { element in
            var element = element
            while let byte = element.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                element.removeFirst()
            }
            while let byte = element.last, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                element.removeLast()
            }
            return element.isEmpty ? nil : String(decoding: element, as: UTF8.self).lowercased()
        }
    }

    /// The last line without its end.
    private func trimmedLine(from start: Int) -> ArraySlice<UInt8> {
        var line = bytes[start...].dropLast()
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }
}
