internal import JSON

/// A write that has an idempotency key.
struct IdempotentRequest: Sendable {
    /// What names the write: the same key of another credential is another name.
    struct Name: Sendable, Hashable {
        let clients: [ClientID]
        let key: IdempotencyKey
        /// The position in a body with several requests; nil: the only one.
        let position: Int?
    }

    let name: Name
    /// The same for requests that ask for the same.
    let fingerprint: String

    /// Names a write.
    ///
    /// - Parameters:
    ///   - name: the key, and whose it is.
    ///   - content: what the request asks for, and by which protocol.
    init(_ name: Name, content: JSONValue) {
        self.name = name
        let text = String(decoding: content.serialized(sortedKeys: true), as: UTF8.self)
        fingerprint = SHA256Digest(of: text)?.hexadecimal ?? text
    }
}
