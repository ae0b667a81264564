internal import BaseEncodings
internal import Upstream

/// Verifies the signatures of one workspace's webhooks.
struct WebhookSignature: Sendable {
    private let codes: [HMACSHA256]
    private let header: String
    private let prefix: String
    private let encoding: WebhookConventions.Encoding
    private let timestampHeader: String?

    /// The most signatures of a header field that are checked; the upstream may send two while it replaces a secret.
    private static let maximumSignatures = 4

    init(_ options: WebhookOptions, _ conventions: WebhookConventions) {
        codes = options.secrets.filter { !$0.isEmpty }.compactMap { HMACSHA256(key: $0) }
        header = options.header ?? conventions.header
        prefix = options.prefix ?? conventions.prefix
        encoding = options.encoding ?? conventions.encoding
        timestampHeader = options.timestampHeader
    }

    /// The result for a body with a valid signature.
    struct Verified: Sendable {
        /// The signed time of the delivery in Unix seconds; nil: none is signed.
        let sentAt: Int?
    }

    /// Verifies the signature of a body; returns nil if it is missing or wrong.
    ///
    /// - Parameters:
    ///   - body: the bytes as they were received.
    ///   - field: returns the value of a header field of the request.
    /// - Returns: the signed time of the body; nil: the signature is not valid.
    func verify(_ body: [UInt8], field: (String) -> String?) -> Verified? {
        guard let value = field(header) else { return nil }
        var (message, sentAt): ([UInt8], Int?) = (body, nil)
        if let timestampHeader {
            guard let text = field(timestampHeader), let time = Int(text) else { return nil }
            message = Array("\(text).".utf8) + body
            sentAt = time
        }
        // A prefix with a comma, as "v1," of Standard Webhooks, is of signatures with spaces between them.
        let separator: Character = prefix.contains(",") ? " " : ","
        let given = value.split(separator: separator).prefix(Self.maximumSignatures).compactMap { signature($0) }
        guard !given.isEmpty else { return nil }
        let expected = codes.compactMap { $0.code(of: message) }
        var isRight = false
        // Every pair is compared, so that the time does not reveal which secret nearly matched.
        for given in given {
            for expected in expected where HMACSHA256.areEqual(given, expected) { isRight = true }
        }
        return isRight ? Verified(sentAt: sentAt) : nil
    }

    /// The bytes of a signature; nil if its prefix or encoding is invalid.
    private func signature(_ text: Substring) -> [UInt8]? {
        let text = text.drop { $0 == " " || $0 == "\t" }
        guard text.hasPrefix(prefix) else { return nil }
        var digits = Array(text.dropFirst(prefix.count).utf8)
        while let last = digits.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { digits.removeLast() }
        return switch encoding {
        case .hexadecimal: Hexadecimal.decode(digits)
        case .base64: Self.bytes(base64: digits)
        }
    }

    /// Reads base 64 with the digits of either alphabet, with or without padding.
    private static func bytes(base64 text: [UInt8]) -> [UInt8]? {
        var digits = text.map { digit in
            switch digit {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: digit
            }
        }
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        return Base64.url.decode(digits)
    }
}
