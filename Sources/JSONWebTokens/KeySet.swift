internal import BaseEncodings
internal import JSON

/// The public keys of an issuer, by their ids.
///
/// https://www.rfc-editor.org/rfc/rfc7517
struct KeySet: Sendable {
    private var keys: [ExactString: [PublicKey]] = [:]
    /// The keys without an id.
    private var unnamed: [PublicKey] = []

    /// Makes an empty set.
    init() {}

    /// Whether there are no keys.
    var isEmpty: Bool { keys.isEmpty && unnamed.isEmpty }

    /// Parses a JSON Web Key Set, without keys that cannot verify tokens; nil if it is none, or if no key remains.
    init?(json bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let elements = value["keys"]?.arrayValue,
            elements.count <= Self.maximumKeys
        else { return nil }
        for element in elements {
            guard let key = Self.key(element) else { continue }
            if let id = element["kid"]?.stringValue {
                keys[ExactString(id), default: []].append(key)
            } else {
                unnamed.append(key)
            }
        }
        guard !isEmpty else { return nil }
    }

    private static let maximumKeys = 100
    /// The least bytes of an RSA modulus: shorter keys are not secure.
    private static let minimumRSABytes = 256

    /// The keys that may have signed a token.
    ///
    /// - Parameters:
    ///   - id: the key's id, as the token states it; nil: it states none.
    ///   - algorithm: the algorithm that the token states; keys of other algorithms are left out.
    /// - Returns: the keys.
    func keys(id: String?, _ algorithm: SignatureAlgorithm) -> [PublicKey] {
        let candidates = id.map { keys[ExactString($0)] ?? [] } ?? unnamed + keys.values.joined()
        return candidates.filter { $0.algorithm == algorithm }
    }

    private static func key(_ value: JSONValue) -> PublicKey? {
        if let use = value["use"]?.stringValue, use != "sig" { return nil }
        if let operations = value["key_ops"]?.arrayValue, !operations.contains("verify") { return nil }
        let stated = value["alg"]?.stringValue
        func bytes(_ name: String) -> [UInt8]? { value[name]?.stringValue.flatMap { Base64.url.decode($0.utf8) } }
        switch (value["kty"]?.stringValue, value["crv"]?.stringValue) {
        case ("RSA", _) where stated ?? "RS256" == "RS256":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            return rsa(modulus, exponent)
        case ("EC", "P-256") where stated ?? "ES256" == "ES256":
            guard let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32 else { return nil }
            return PublicKey(.es256, info: p256Prefix + x + y)
        case ("OKP", "Ed25519") where ["EdDSA", "Ed25519"].contains(stated ?? "EdDSA"):
            guard let x = bytes("x"), x.count == 32 else { return nil }
            return PublicKey(.edDSA, info: ed25519Prefix + x)
        default: return nil
        }
    }

    private static func rsa(_ modulus: [UInt8], _ exponent: [UInt8]) -> PublicKey? {
        let length = modulus.drop { $0 == 0 }.count
        guard minimumRSABytes...1024 ~= length, 1...8 ~= exponent.count else { return nil }
        let key = DER.sequence(DER.integer(modulus), DER.integer(exponent))
        return PublicKey(.rs256, info: DER.sequence(rsaAlgorithm, DER.value(0x03, [0] + key)))
    }

    /// The algorithm rsaEncryption, without parameters.
    private static let rsaAlgorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    /// The DER bytes before the coordinates of a point on P-256 in a `SubjectPublicKeyInfo`.
    private static let p256Prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
        0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]

    /// The DER bytes before an Ed25519 key in a `SubjectPublicKeyInfo`.
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
}
