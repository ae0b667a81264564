internal import Upstream

/// Verifies the signatures of one workspace's webhooks.
struct WebhookSignature: Sendable {
    private let codes: [HMACSHA256]
    private let header: String
    private let prefix: String
    private let encoding: WebhookConventions.Encoding
    private let timestampHeader: String?

    /// So many signatures of a header field are looked at, of which the upstream may send two while it replaces a secret.
    private static let maximumSignatures = 4

    init(_ options: WebhookOptions, _ conventions: WebhookConventions) {
        codes = options.secrets.filter { !$0.isEmpty }.compactMap { HMACSHA256(key: $0) }
        header = options.header ?? conventions.header
        prefix = options.prefix ?? conventions.prefix
        encoding = options.encoding ?? conventions.encoding
        timestampHeader = options.timestampHeader
    }

    /// A body whose signature is right.
    struct Verified: Sendable {
        /// The signed time of the delivery in Unix seconds; nil: none is signed.
        let sentAt: Int?
    }

    /// Verifies the signature of a body; nil if it is missing or wrong.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came.
    ///   - field: the value of a header field of the request.
    /// - Returns: what is known of the body; nil: it is not to be believed.
    func verify(_ body: [UInt8], field: (String) -> String?) -> Verified? {
        guard let value = field(header) else { return nil }
        var (message, sentAt): ([UInt8], Int?) = (body, nil)
        if let timestampHeader {
            guard let text = field(timestampHeader), let time = Int(text) else { return nil }
            message = Array("\(text).".utf8) + body
            sentAt = time
        }
        let given = value.split(separator: ",").prefix(Self.maximumSignatures).compactMap { signature($0) }
        guard !given.isEmpty else { return nil }
        let expected = codes.compactMap { $0.code(of: message) }
        var isRight = false
        // Every pair is compared, so that the time says nothing of which secret was nearly right.
        for given in given {
            for expected in expected where HMACSHA256.areEqual(given, expected) { isRight = true }
        }
        return isRight ? Verified(sentAt: sentAt) : nil
    }

    /// The bytes of a signature; nil if it is not written as it should be.
    private func signature(_ text: Substring) -> [UInt8]? {
        let text = text.drop { $0 == " " || $0 == "\t" }
        guard text.hasPrefix(prefix) else { return nil }
        var digits = Array(text.dropFirst(prefix.count).utf8)
        while let last = digits.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { digits.removeLast() }
        return switch encoding {
        case .hexadecimal: Self.bytes(hexadecimal: digits)
        case .base64: Self.bytes(base64: digits)
        }
    }

    private static func bytes(hexadecimal digits: [UInt8]) -> [UInt8]? {
        guard digits.count == 64 else { return nil }
        let values = digits.compactMap { digit -> UInt8? in
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        guard values.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// Reads base64 with the digits of either alphabet, with or without padding.
    private static func bytes(base64 digits: [UInt8]) -> [UInt8]? {
        var digits = digits
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        guard digits.count == 43 else { return nil }
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for digit in digits {
            guard let value = value(ofBase64: digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func value(ofBase64 digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
