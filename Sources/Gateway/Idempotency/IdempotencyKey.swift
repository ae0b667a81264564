internal import JSON

/// The key by which a client identifies a write, so that it is executed once however often it is sent.
///
/// https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
struct IdempotencyKey: Sendable, Hashable {
    /// Compared byte by byte, as an opaque string.
    private let exact: ExactString

    /// The key without quotes.
    var text: String { exact.string }

    /// The most bytes of a key.
    static let maximumBytes = 255

    /// Parses the value of the header field: a string of structured fields, or a bare word.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9651#section-3.3.3
    init(field value: String) throws(GraphQLRequest.Malformed) {
        let text = value.utf8.first == UInt8(ascii: "\"") ? Self.unquoted(value.utf8) : Self.bare(value.utf8)
        guard let text, (1...Self.maximumBytes).contains(text.utf8.count) else {
            throw GraphQLRequest.Malformed(
                message: "The header Idempotency-Key must be one string of 1 to \(Self.maximumBytes) characters, "
                    + "such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\"."
            )
        }
        exact = ExactString(text)
    }

    /// Parses the member `idempotencyKey` of a request's extensions.
    init(extension value: JSONValue) throws(GraphQLRequest.Malformed) {
        guard let text = value.stringValue, (1...Self.maximumBytes).contains(text.utf8.count) else {
            throw GraphQLRequest.Malformed(
                message: "The extension \"idempotencyKey\" must be a string of 1 to \(Self.maximumBytes) bytes."
            )
        }
        exact = ExactString(text)
    }

    /// The text of a quoted value; nil: it is not one string.
    private static func unquoted(_ value: String.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var isEscaped = false
        var rest = value.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isEscaped, UInt8(ascii: "\\") where isEscaped:
                bytes.append(byte)
                isEscaped = false
            case _ where isEscaped: return nil
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""):
                // Parameters may follow, and have no meaning.
                let end = rest.first { $0 != UInt8(ascii: " ") }
                return end == nil || end == UInt8(ascii: ";") ? String(decoding: bytes, as: UTF8.self) : nil
            case 0x20...0x7e: bytes.append(byte)
            default: return nil
            }
        }
        return nil
    }

    /// The text of a value without quotes; nil: it is several words, or a list.
    private static func bare(_ value: String.UTF8View) -> String? {
        let isWord = value.allSatisfy { byte in
            (0x21...0x7e).contains(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"")
        }
        return isWord ? String(decoding: Array(value), as: UTF8.self) : nil
    }
}
