internal import Caching
internal import GraphQL
internal import JSON

/// The key of a cached response: https://www.rfc-editor.org/rfc/rfc9111#section-2 with the credential as part of the key.
package struct CacheKey: Sendable, Hashable {
    package let workspace: Int
    package let scope: CacheScope
    package let path: String

    /// The same name without room for more in its text, to be stored.
    var compacted: CacheKey { CacheKey(workspace: workspace, scope: scope, path: path.compacted) }

    /// The memory that it takes up outside of itself.
    var allocatedBytes: Int { scope.allocatedBytes + AllocatedBytes.string(path) }
}
