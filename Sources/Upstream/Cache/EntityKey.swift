internal import GraphQL
internal import JSON

/// An entity of a workspace, as one scope sees it.
struct EntityKey: Sendable, Hashable {
    let workspace: Int
    let scope: CacheScope
    let type: TypeID
    /// The key, compared byte by byte.
    let key: ExactString
}
