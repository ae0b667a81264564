internal import BaseEncodings

/// The id of an object among all types and workspaces, opaque to clients.
struct GlobalID: Hashable {
    let workspace: String
    let type: String
    let key: String

    init(workspace: String, type: String, key: String) {
        self.workspace = workspace
        self.type = type
        self.key = key
    }

    /// Parses an id.
    init?(text: String) {
        guard let bytes = Base64.url.decode(text.utf8) else { return nil }
        // A combining character after a colon does not belong to it.
        let parts = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3 else { return nil }
        self.init(workspace: parts[0], type: parts[1], key: parts[2])
    }

    /// The id as text.
    var text: String { Base64.url.encode(Array("\(workspace):\(type):\(key)".utf8)) }
}
