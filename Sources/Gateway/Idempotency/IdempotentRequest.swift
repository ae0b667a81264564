internal import JSON
internal import Upstream

/// A write that has an idempotency key.
struct IdempotentRequest: Sendable {
    /// What names the write: the same key of another credential is another name.
    struct Name: Sendable, Hashable {
        let spenders: Set<Spender>
        let key: IdempotencyKey
        /// The position in a body with several requests; nil: the only one.
        let position: Int?
    }

    /// Who a write belongs to.
    ///
    /// A workspace counts by what it is: its position is another one's after a reload.
    enum Spender: Sendable, Hashable {
        case client(ClientID)
        /// A key that the caller brings for a workspace.
        case key(Credential, slug: String, baseURL: String)
        /// The configured key of a workspace: all who spend it are one.
        case configuredKey(slug: String, baseURL: String)
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
