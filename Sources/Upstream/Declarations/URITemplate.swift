/// A URI template of level 3, whose values can be lists too.
///
/// https://www.rfc-editor.org/rfc/rfc6570
package struct URITemplate: Sendable, Hashable {
    /// A piece of a template.
    private enum Part: Sendable, Hashable {
        case literal(String)
        case expression(Operator, [String])
    }

    /// The operator of an expression, which determines how its values are joined.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6570#section-2.2
    private enum Operator: Character {
        case simple = " "
        case reserved = "+"
        case fragment = "#"
        case label = "."
        case path = "/"
        case parameter = ";"
        case query = "?"
        case continuation = "&"

        /// The text before the first value.
        var prefix: String {
            switch self {
            case .simple, .reserved: ""
            case .fragment, .label, .path, .parameter, .query, .continuation: String(rawValue)
            }
        }

        /// The text between two values.
        var separator: String {
            switch self {
            case .simple, .reserved, .fragment: ","
            case .query: "&"
            case .label, .path, .parameter, .continuation: String(rawValue)
            }
        }

        /// Whether the expansion has the variables' names.
        var isNamed: Bool {
            switch self {
            case .parameter, .query, .continuation: true
            case .simple, .reserved, .fragment, .label, .path: false
            }
        }

        /// Whether reserved characters are not encoded.
        var allowsReserved: Bool { self == .reserved || self == .fragment }
    }

    /// The value of a variable.
    package enum Value: Sendable, Hashable {
        case text(String)
        /// A list with at least one item: its items are encoded by themselves, with commas between them.
        ///
        /// https://www.rfc-editor.org/rfc/rfc6570#section-3.2.1
        case list([String])
    }

    /// A template that does not follow the grammar.
    package struct Malformed: Error, Sendable, Equatable {
        /// A sentence about the error.
        package let message: String
    }

    private let parts: [Part]
    /// The template as written.
    package let text: String

    /// The text before the query.
    package var path: String {
        let path = text.prefix { $0 != "?" }
        return String(path.hasSuffix("{") ? path.dropLast() : path)
    }

    private let writtenEmptySegments: Int
    /// Whether values can contain percent-encoded bytes of their own.
    private let keepsEncodedBytes: Bool
    /// The names of all variables, in order.
    package let variables: [String]

    /// Reads a template.
    package init(_ text: String) throws(Malformed) {
        self.text = text
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(Self.literal(rest[..<open])) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw Malformed(message: "The template \"\(text)\" opens a brace that it does not close.")
            }
            parts.append(try Self.expression(rest[rest.index(after: open)..<close], of: text))
            rest = rest[rest.index(after: close)...]
        }
        if rest.contains("}") { throw Malformed(message: "The template \"\(text)\" closes a brace that is not open.") }
        if !rest.isEmpty { parts.append(Self.literal(rest)) }
        self.parts = parts
        writtenEmptySegments = Self.emptySegments(of: Self.expand(parts) { _, _ in Self.plainValue })
        keepsEncodedBytes = parts.contains { part in
            if case .expression(let kind, _) = part { kind.allowsReserved } else { false }
        }
        variables = parts.flatMap { part -> [String] in
            if case .expression(_, let names) = part { names } else { [] }
        }
    }

    // https://www.rfc-editor.org/rfc/rfc6570#section-3.1
    private static func literal(_ text: Substring) -> Part {
        var encoded = ""
        encoded.append(percentEncoding: String(text), keepingReserved: true)
        return .literal(encoded)
    }

    private static func expression(_ inside: Substring, of text: String) throws(Malformed) -> Part {
        var names = inside
        var kind = Operator.simple
        if let first = names.first, first != " ", let found = Operator(rawValue: first) {
            kind = found
            names = names.dropFirst()
        }
        let variables = names.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for name in variables where name.isEmpty || !name.utf8.allSatisfy(isNameByte) {
            throw Malformed(message: "The template \"\(text)\" has an expression that names no variable: {\(inside)}.")
        }
        return .expression(kind, variables)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Replaces the variables with values; a variable without a value is left out, with its name.
    ///
    /// - Parameter value: the value of a variable, given its name and its position in `variables`.
    /// - Returns: the text with the values.
    package func expand(_ value: (_ name: String, _ position: Int) -> Value?) -> String {
        Self.expand(parts, value)
    }

    private static func expand(_ parts: [Part], _ value: (_ name: String, _ position: Int) -> Value?) -> String {
        var result = ""
        var position = 0
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .expression(let kind, let names):
                append(names, kind, to: &result) { value($0, position + $1) }
                position += names.count
            }
        }
        return result
    }

    /// A value that does not change the path of a template.
    private static let plainValue = Value.text("x")

    /// Whether the template itself has a segment `.` or `..`, so that every expansion leads to another path.
    package var hasDotSegment: Bool { escapesPath(with: expand { _, _ in Self.plainValue }) }

    /// Whether an expansion has another path than the template, because a value is empty or a dot segment, or has a fragment.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4
    package func escapesPath(with expansion: String) -> Bool {
        // PERF: runs for every call that is planned; one pass over the bytes, without splitting. Few templates keep encoded bytes.
        guard keepsEncodedBytes else { return escapesPath(expansion.utf8) }
        return escapesPath(Self.withDecodedSeparators(Array(expansion.utf8)))
    }

    /// The byte that stands for an encoded slash: no expansion has it.
    private static let encodedSlash: UInt8 = 0

    private func escapesPath(_ expansion: some Sequence<UInt8>) -> Bool {
        var segment = PathSegment()
        var emptySegments = 0
        for byte in expansion {
            if byte == UInt8(ascii: "?") { break }
            switch byte {
            case UInt8(ascii: "#"): return true
            case UInt8(ascii: "/"):
                if segment.isEmpty { emptySegments += 1 }
                if segment.isDots { return true }
                segment = PathSegment()
            case Self.encodedSlash:
                if segment.isDots { return true }
                segment = PathSegment(isContinued: true)
            default: segment.append(byte)
            }
        }
        if segment.isDots { return true }
        if segment.isEmpty { emptySegments += 1 }
        return emptySegments > writtenEmptySegments
    }

    /// An expansion with percent-encoded dots and slashes decoded: some servers decode a path before they split it into segments.
    private static func withDecodedSeparators(_ expansion: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var position = 0
        while position < expansion.count {
            let encoded = expansion[position...].percentDecodedFirst
            switch encoded {
            case UInt8(ascii: "."): decoded.append(UInt8(ascii: "."))
            case UInt8(ascii: "/"), UInt8(ascii: "\\"): decoded.append(encodedSlash)
            default: decoded.append(expansion[position])
            }
            position += encoded == nil ? 1 : 3
        }
        return decoded
    }

    /// The part of a path segment that has been read.
    private struct PathSegment {
        /// Whether it follows an encoded slash, so that it counts as a segment even if it is empty.
        var isContinued = false
        private var length = 0
        private var dots = 0

        init(isContinued: Bool = false) { self.isContinued = isContinued }

        /// Whether two slashes have nothing between them.
        var isEmpty: Bool { length == 0 && !isContinued }

        /// Whether it is `.` or `..`.
        var isDots: Bool { length > 0 && length == dots && dots <= 2 }

        mutating func append(_ byte: UInt8) {
            length += 1
            if byte == UInt8(ascii: ".") { dots += 1 }
        }
    }

    /// The number of empty segments of an expansion's path, including the one before the first slash.
    private static func emptySegments(of expansion: String) -> Int {
        expansion.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).count(where: \.isEmpty)
    }

    private static func append(
        _ names: [String],
        _ kind: Operator,
        to result: inout String,
        _ value: (_ name: String, _ index: Int) -> Value?
    ) {
        var isFirst = true
        for (index, name) in names.enumerated() {
            guard let value = value(name, index) else { continue }
            // A template may continue a query that a literal or an earlier expression has begun, or begin it itself.
            if kind == .continuation, isFirst, !result.utf8.contains(UInt8(ascii: "?")) {
                result += "?"
            } else {
                result += isFirst ? kind.prefix : kind.separator
            }
            isFirst = false
            if kind.isNamed {
                result += name
                if value == .text(""), kind == .parameter { continue }
                result += "="
            }
            switch value {
            case .text(let text): result.append(percentEncoding: text, keepingReserved: kind.allowsReserved)
            case .list(let items):
                for (position, item) in items.enumerated() {
                    if position > 0 { result += "," }
                    result.append(percentEncoding: item, keepingReserved: kind.allowsReserved)
                }
            }
        }
    }
}

extension String {
    private static let hexadecimalDigits = Array("0123456789ABCDEF".utf8)

    /// Appends text with everything but unreserved characters percent-encoded.
    ///
    /// With `keepingReserved`, reserved characters and percent-encoded bytes stay as they are.
    /// https://www.rfc-editor.org/rfc/rfc3986#section-2
    mutating func append(percentEncoding text: String, keepingReserved: Bool = false) {
        // PERF: most values are keys, which stay as they are; the two arrays took half of a URL's instructions.
        guard !text.isUnreserved else {
            self += text
            return
        }
        let characters = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count)
        for (index, byte) in characters.enumerated() {
            if byte.isUnreserved
                || keepingReserved && (byte.isReserved || characters[index...].startsWithPercentEncodedByte)
            {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.hexadecimalDigits[Int(byte >> 4)])
                bytes.append(Self.hexadecimalDigits[Int(byte & 0xF)])
            }
        }
        self += String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// Whether all of its characters are unreserved in a URI.
    fileprivate var isUnreserved: Bool {
        let utf8 = utf8
        let bytes = utf8.span
        var index = 0
        while index < bytes.count, bytes[index].isUnreserved { index += 1 }
        return index == bytes.count
    }
}

extension UInt8 {
    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    fileprivate var isReserved: Bool { ":/?#[]@!$&'()*+,;=".utf8.contains(self) }

    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    /// The byte that the first three bytes encode; nil: they are no percent-encoded byte.
    fileprivate var percentDecodedFirst: UInt8? {
        guard startsWithPercentEncodedByte else { return nil }
        return UInt8(String(decoding: self[(startIndex + 1)...].prefix(2), as: UTF8.self), radix: 16)
    }

    fileprivate var startsWithPercentEncodedByte: Bool {
        count >= 3 && self[startIndex] == UInt8(ascii: "%") && self[startIndex + 1].isHexadecimalDigit
            && self[startIndex + 2].isHexadecimalDigit
    }
}
