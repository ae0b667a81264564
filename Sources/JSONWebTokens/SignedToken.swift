internal import BaseEncodings
internal import JSON

/// A token in its compact form, taken apart; nothing of it is true before its signature has been verified.
///
/// https://www.rfc-editor.org/rfc/rfc7519
struct SignedToken: Sendable {
    let algorithm: SignatureAlgorithm
    let keyID: String?
    let claims: JSONValue
    let signature: [UInt8]
    /// What is signed.
    let signedBytes: [UInt8]

    /// The most bytes of a token.
    static let maximumBytes = 16 << 10

    /// Takes a token apart; nil if it has another form, or states an algorithm that is not allowed.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Base64.url.decode(parts[2]), head.objectValue != nil, claims.objectValue != nil
        else { return nil }
        // Extensions that must be understood are not; a token within a token is none.
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
