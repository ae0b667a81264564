internal import GraphQL
internal import JSON

/// Who may see a response: the credential that fetched it, or everyone of the workspace.
package enum CacheScope: Sendable, Hashable {
    case credential(Credential)
    case workspace
}

/// The key of a cached response: https://www.rfc-editor.org/rfc/rfc9111#section-2 with the credential as part of the key.
package struct CacheKey: Sendable, Hashable {
    package let workspace: Int
    package let scope: CacheScope
    package let path: String
}

/// An entity of a workspace, as one scope sees it.
struct EntityKey: Sendable, Hashable {
    let workspace: Int
    let scope: CacheScope
    let type: TypeID
    /// The key, compared byte by byte.
    let key: ExactString
}
