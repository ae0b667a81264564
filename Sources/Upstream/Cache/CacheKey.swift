internal import Caching
internal import GraphQL
internal import JSON

/// Who may see a response: the credential that fetched it, or everyone of the workspace.
package enum CacheScope: Sendable, Hashable {
    case credential(Credential)
    case workspace

    /// The memory that it takes up outside of itself.
    var allocatedBytes: Int {
        switch self {
        case .credential(let credential): credential.allocatedBytes
        case .workspace: 0
        }
    }
}

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

/// An entity of a workspace, as one scope sees it.
struct EntityKey: Sendable, Hashable {
    let workspace: Int
    let scope: CacheScope
    let type: TypeID
    /// The key, compared byte by byte.
    let key: ExactString
}
