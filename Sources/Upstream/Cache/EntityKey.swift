package import GraphQL
package import JSON

/// An entity of a workspace, as one scope sees it.
// PERF: hashed once, when it is made.
package struct EntityKey: Sendable, Hashable {
    package let workspace: Int
    package let scope: CacheScope
    package let type: TypeID
    /// The key, compared byte by byte.
    package let key: ExactString
    /// A keyed hash of all of it.
    package let hashValue: Int

    /// Names an entity.
    package init(workspace: Int, scope: CacheScope, type: TypeID, key: ExactString) {
        self.workspace = workspace
        self.scope = scope
        self.type = type
        self.key = key
        let place = KeyedDigest.combining(scope.digest, workspace << 32 | Int(type.index))
        hashValue = KeyedDigest.combining(place, KeyedDigest.of(key.string))
    }

    package static func == (left: EntityKey, right: EntityKey) -> Bool {
        left.hashValue == right.hashValue && left.workspace == right.workspace && left.type == right.type
            && left.key == right.key && left.scope == right.scope
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hashValue) }
}
