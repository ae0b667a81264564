internal import Caching
internal import GraphQL
internal import JSON

/// The key of a cached response: https://www.rfc-editor.org/rfc/rfc9111#section-2 with the credential as part of the key.
// PERF: hashed once, when it is made, as several tables look for it.
package struct CacheKey: Sendable, Hashable {
    /// The index of the workspace.
    package let workspace: Int
    /// The credentials that may see the response.
    package let scope: CacheScope
    /// The path and query below the base URL.
    package let path: String
    /// A keyed hash of the whole key.
    package let hashValue: Int

    /// Makes the key of the response to a call in a scope.
    package init(workspace: Int, scope: CacheScope, path: String) {
        let digest = KeyedDigest.combining(KeyedDigest.of(path), workspace)
        self.init(workspace: workspace, scope: scope, path: path, digest: digest)
    }

    /// Makes the key of the response to a call in a scope, given the hash of workspace and path.
    init(workspace: Int, scope: CacheScope, path: String, digest: Int) {
        self.workspace = workspace
        self.scope = scope
        self.path = path
        hashValue = KeyedDigest.combining(digest, scope.digest)
    }

    private init(compacting other: CacheKey) {
        workspace = other.workspace
        scope = other.scope
        path = other.path.compacted
        hashValue = other.hashValue
    }

    package static func == (left: CacheKey, right: CacheKey) -> Bool {
        left.hashValue == right.hashValue && left.workspace == right.workspace && left.path == right.path
            && left.scope == right.scope
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hashValue) }

    /// The same key without unused capacity in its text, to be stored.
    var compacted: CacheKey { CacheKey(compacting: self) }

    /// The bytes that it takes up outside of itself.
    var allocatedBytes: Int { scope.allocatedBytes + AllocatedBytes.string(path) }
}
