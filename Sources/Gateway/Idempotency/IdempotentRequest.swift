internal import JSON
internal import Upstream

/// A write that has an idempotency key.
struct IdempotentRequest: Sendable {
    /// Identifies a write: the same key with another credential is another name.
    struct Name: Sendable, Hashable {
        let spenders: Set<Spender>
        let key: IdempotencyKey
        /// The index in a body with several requests, from 0; nil: the only one.
        let position: Int?

        /// The memory that its texts take, in bytes.
        var memoryBytes: Int {
            key.text.utf8.count
                + spenders.reduce(0) { sum, spender in
                    if case .key(let credential, _, _) = spender { sum + credential.allocatedBytes } else { sum }
                }
        }
    }

    /// A credential that a write uses, or its client.
    ///
    /// A workspace is identified by slug and URL: its index may be another one's after a reload.
    enum Spender: Sendable, Hashable {
        case client(ClientID)
        /// A key that the caller brings for a workspace.
        case key(Credential, slug: String, baseURL: String)
        /// The configured key of a workspace: all callers that use it are one owner.
        case configuredKey(slug: String, baseURL: String)
    }

    let name: Name
    /// The clients whose share of the memory its reply takes.
    let owners: [ClientID]
    /// The digest of the request's content, equal for equal requests.
    let fingerprint: String

    /// Makes an idempotent request.
    ///
    /// - Parameters:
    ///   - name: the key and its spenders.
    ///   - owners: the clients whose share of the memory its reply takes.
    ///   - content: the content of the request, with its protocol.
    init(_ name: Name, owners: [ClientID], content: JSONValue) {
        self.name = name
        self.owners = owners
        let text = String(decoding: content.serialized(sortedKeys: true), as: UTF8.self)
        fingerprint = SHA256Digest(of: text)?.hexadecimal ?? text
    }
}
