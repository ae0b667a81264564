package import GraphQL
package import JSON

/// The key of an entity in a workspace and a cache scope.
// PERF: hashed once, when it is made.
package struct EntityKey: Sendable, Hashable {
    /// The index of the workspace.
    package let workspace: Int
    /// The credentials that may see the entity.
    package let scope: CacheScope
    /// The entity's type.
    package let type: TypeID
    /// The entity's key, compared byte by byte.
    package let key: ExactString
    /// A keyed hash of the whole key.
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
