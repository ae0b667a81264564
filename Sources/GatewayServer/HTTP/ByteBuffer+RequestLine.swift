private import JSON
internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// The most bytes of a request line that is checked.
    private static let mostBytesOfLine = 8 << 10

    /// The reason why the request line at the beginning is not supported; nil: there is no line, or it has another fault or none.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3
    var lineFault: RequestLineFault? {
        // https://www.rfc-editor.org/rfc/rfc9112#section-2.2: empty lines before it are ignored.
        let bytes = readableBytesView.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        guard let end = bytes.prefix(Self.mostBytesOfLine).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var line = bytes[..<end]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(\.isTokenCharacter), !parts[1].isEmpty,
            let major = Self.majorVersion(Array(parts[2]))
        else { return nil }
        guard major == UInt8(ascii: "1") else { return .unsupportedVersion }
        guard case .RAW = HTTPMethod(rawValue: String(decoding: parts[0], as: UTF8.self)) else { return nil }
        return .unknownMethod
    }

    /// Whether the bytes begin with a method and contain no line end.
    var beginsEndlessRequestLine: Bool {
        guard readableBytesUInt8Span.firstIndex(of: UInt8(ascii: "\n"), in: 0..<readableBytes) == nil else {
            return false
        }
        let method = readableBytesView.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        return !method.isEmpty && readableBytesView.dropFirst(method.count).first == UInt8(ascii: " ")
    }

    /// The digit of the major version, as in `HTTP/1.1`; nil if the text is not a version of HTTP.
    private static func majorVersion(_ text: [UInt8]) -> UInt8? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.count == 8, text.starts(with: "HTTP/".utf8), digits ~= text[5], text[6] == UInt8(ascii: "."),
            digits ~= text[7]
        else { return nil }
        return text[5]
    }
}

extension UInt8 {
    /// Whether it is a character of a token.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
    fileprivate var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
