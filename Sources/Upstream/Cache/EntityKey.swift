package import GraphQL
package import JSON

/// An entity of a workspace, as one scope sees it.
package struct EntityKey: Sendable, Hashable {
    package let workspace: Int
    package let scope: CacheScope
    package let type: TypeID
    /// The key, compared byte by byte.
    package let key: ExactString
}
