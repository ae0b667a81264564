/// Finds the id of a JSON-RPC request in its bytes without parsing: requests that only differ in their ids have the same result.
///
/// It only finds the position of the id in a valid request. A text is known to be valid when another one that only differs
/// in the id has been parsed, as replacing one plain id by another keeps it valid.
struct MessageIDRange {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The most bytes of an id.
    private static let maximumLength = 64

    /// The range of the id of a single request, in bytes; nil if there is none, or if it is not a plain number or string.
    static func range(in bytes: [UInt8]) -> Range<Int>? {
        var scan = MessageIDRange(bytes)
        return scan.idRange()
    }

    private mutating func idRange() -> Range<Int>? {
        var found: Range<Int>?
        skipSpace()
        guard take("{") else { return nil }
        repeat {
            skipSpace()
            guard let name = plainString() else { return nil }
            skipSpace()
            guard take(":") else { return nil }
            skipSpace()
            if bytes[name].elementsEqual("id".utf8) {
                // Two ids are an error, so the request has no result.
                guard found == nil, let id = plainID() else { return nil }
                found = id
            } else {
                guard skipValue() else { return nil }
            }
            skipSpace()
        } while take(",")
        guard take("}") else { return nil }
        skipSpace()
        return position == bytes.count ? found : nil
    }

    // MARK: - Parts

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] <= UInt8(ascii: " ") { position += 1 }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    /// Skips a string without escapes; returns the range of its content.
    private mutating func plainString() -> Range<Int>? {
        guard take("\"") else { return nil }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return start..<position
            case UInt8(ascii: "\\"):
                return nil
            default:
                position += 1
            }
        }
        return nil
    }

    /// Skips an id that needs no parser: a whole number, or a string of ASCII letters, digits and a few punctuation marks.
    private mutating func plainID() -> Range<Int>? {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            guard let content = plainString(), bytes[content].allSatisfy(Self.isPlain) else { return nil }
        } else {
            while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
            // No number except 0 begins with a zero.
            guard position > start, position == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        }
        return position - start <= Self.maximumLength ? start..<position : nil
    }

    /// Skips a value of any kind without validation; returns false if the text ends within it.
    private mutating func skipValue() -> Bool {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard skipString() else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return true }
                depth -= 1
            case UInt8(ascii: ","):
                if depth == 0 { return true }
            default:
                break
            }
            position += 1
        }
        return false
    }

    private mutating func skipString() -> Bool {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: isDigit(byte)
        }
    }
}
