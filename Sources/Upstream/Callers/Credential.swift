private import Caching
internal import JSON

/// The credential that a client request uses upstream, in canonical form: one key is one credential, however it is written.
///
/// It is never shown: not in errors, logs or descriptions.
package struct Credential: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The parsed header value, shared by all copies of a credential.
    // PERF: one reference: the name of every cached response and of every object in it has a credential.
    private final class Text: Sendable {
        let authorization: String?
        let identity: ExactString?
        // PERF: each lookup of a cached response hashes the credential.
        let digest: Int
        let isWellFormed: Bool

        init(authorization: String?, identity: ExactString?, isWellFormed: Bool) {
            (self.authorization, self.identity, self.isWellFormed) = (authorization, identity, isWellFormed)
            digest = identity.map { KeyedDigest.of($0.string) } ?? 0
        }

        static let bytes = AllocatedBytes.object(
            MemoryLayout<(String?, ExactString?, Int, Bool)>.size
        )
    }

    private let text: Text

    /// The value of the header `Authorization`; nil: none is sent.
    var authorization: String? { text.authorization }

    /// The canonical form by which credentials are compared, byte by byte.
    private var identity: ExactString? { text.identity }

    /// Whether it can be a key of the upstream: a malformed credential is never sent.
    package var isWellFormed: Bool { text.isWellFormed }

    /// The bytes that it takes up outside of itself.
    package var allocatedBytes: Int {
        Text.bytes + AllocatedBytes.string(authorization) + AllocatedBytes.string(identity?.string)
    }

    /// Reads the value of the header `Authorization`; nil stands for a request without one.
    ///
    /// The scheme's letter case and the spaces around its parameters mean nothing.
    /// https://www.rfc-editor.org/rfc/rfc9110#section-11.4
    package init(authorization value: String?) {
        let read = Self.read(value)
        text = Text(authorization: read.authorization, identity: read.identity, isWellFormed: read.isWellFormed)
    }

    private static func read(
        _ value: String?
    ) -> (authorization: String?, identity: ExactString?, isWellFormed: Bool) {
        guard let value else { return (nil, nil, true) }
        if let key = plainKey(value) { return (value, ExactString("bearer " + key), true) }
        // What was no UTF-8 has been replaced: other bytes would be the same credential.
        guard !value.unicodeScalars.contains("\u{FFFD}") else { return (nil, ExactString(""), false) }
        let text = trimmed(value[...])
        let scheme = text[..<(text.utf8.firstIndex(where: isSpace) ?? text.endIndex)]
        let parameters = trimmed(text[scheme.endIndex...])
        let normalized = scheme.lowercased()
        guard normalized == "bearer" else {
            // A value that is one word may be a key without a scheme, whose letter case matters.
            let authorization = parameters.isEmpty ? String(text) : "\(scheme) \(parameters)"
            let identity = parameters.isEmpty ? String(text) : "\(normalized) \(parameters)"
            return (authorization, ExactString(identity), !text.isEmpty)
        }
        // Malformed text is one credential: the rest of it makes no difference.
        guard !parameters.isEmpty, !parameters.utf8.contains(where: isSpace) else {
            return (nil, ExactString(""), false)
        }
        return ("Bearer \(parameters)", ExactString("bearer \(parameters)"), true)
    }

    /// A key sent as a bearer token: https://www.rfc-editor.org/rfc/rfc6750.
    package init(key: String) {
        self.init(authorization: "Bearer \(key)")
    }

    package static func == (left: Credential, right: Credential) -> Bool {
        left.text === right.text || left.text.digest == right.text.digest && left.identity == right.identity
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(text.digest) }

    /// The keyed hash of the canonical form.
    package var hashValue: Int { text.digest }

    package var description: String { authorization == nil ? "no credential" : "a credential" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The result of a function of the credential's canonical form, which no other code can read; nil: no credential is sent.
    package func digest<Digest>(_ function: (String) -> Digest?) -> Digest? {
        identity.flatMap { function($0.string) }
    }

    /// The key of a value in the usual spelling: `Bearer`, one space, and a key; nil if it is written in another way.
    // PERF: for each request; what is below walks over the text many times.
    private static func plainKey(_ value: String) -> Substring? {
        let utf8 = value.utf8
        let scheme = "Bearer "
        guard utf8.count > scheme.utf8.count, utf8.starts(with: scheme.utf8) else { return nil }
        let key = utf8.dropFirst(scheme.utf8.count)
        return key.contains { isSpace($0) || $0 >= 0x80 } ? nil : Substring(key)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    // Byte by byte: a space before a combining mark is a space, although both are one character.
    private static func trimmed(_ text: Substring) -> Substring {
        guard let first = text.utf8.firstIndex(where: { !isSpace($0) }),
            let last = text.utf8.lastIndex(where: { !isSpace($0) })
        else { return text[text.endIndex...] }
        return text[first..<text.utf8.index(after: last)]
    }
}
