internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// Longer request lines are not looked into.
    private static let mostBytesOfLine = 8 << 10

    /// Whether a request line of HTTP/1 comes first whose method the parser does not know.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3
    var beginsWithUnknownMethod: Bool {
        // https://www.rfc-editor.org/rfc/rfc9112#section-2.2: empty lines before it are ignored.
        let bytes = readableBytesView.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        guard let end = bytes.prefix(Self.mostBytesOfLine).firstIndex(of: UInt8(ascii: "\n")) else { return false }
        var line = bytes[..<end]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(\.isTokenCharacter), !parts[1].isEmpty,
            ["HTTP/1.1", "HTTP/1.0"].contains(String(decoding: parts[2], as: UTF8.self)),
            case .RAW = HTTPMethod(rawValue: String(decoding: parts[0], as: UTF8.self))
        else { return false }
        return true
    }
}

extension UInt8 {
    /// Whether it may be part of a token.
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
