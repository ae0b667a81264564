internal import BaseEncodings
internal import JSON

/// A parsed token in compact form; its content is not trusted before its signature has been verified.
///
/// https://www.rfc-editor.org/rfc/rfc7519
struct SignedToken: Sendable {
    let algorithm: SignatureAlgorithm
    let keyID: String?
    let claims: JSONValue
    let signature: [UInt8]
    /// The bytes over which the signature is made: header and claims as encoded in the token.
    let signedBytes: [UInt8]

    /// The most bytes of a token's text.
    static let maximumBytes = 16 << 10

    /// Parses a token; nil if it is malformed, or states an algorithm that is not allowed.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Base64.url.decode(parts[2]), head.objectValue != nil, claims.objectValue != nil
        else { return nil }
        // Critical extensions are not supported, and neither are nested tokens.
        guard let name = head["alg"]?.stringValue, let algorithm = SignatureAlgorithm(rawValue: name),
            head["crit"] == nil, head["b64"] == nil
        else { return nil }
        self.algorithm = algorithm
        keyID = head["kid"]?.stringValue
        self.claims = claims
        self.signature = signature
        signedBytes = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
    }

    private static func json(_ part: some Collection<UInt8>) -> JSONValue? {
        guard let bytes = Base64.url.decode(part) else { return nil }
        return try? JSONValue(parsing: bytes, duplicateKeys: .reject)
    }
}
