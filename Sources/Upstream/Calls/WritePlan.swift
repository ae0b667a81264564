internal import GraphQL
private import JSON

/// The invalidation scope of a write, and the key under which its response may be cached.
struct WritePlan: Sendable {
    let entity: Entity?
    /// The key of the object; nil: the object is new.
    let key: String?
    let policy: CachePolicy
    /// Types of which any object may change too.
    let dependents: [TypeID]
    /// Whether the object exists afterwards.
    let isCacheable: Bool
    /// The expected content of the response, if any.
    let content: ExpectedContent

    /// The written object, as a response shows it.
    struct Written {
        var document: SourceDocument?
        var node: Int?
        /// The key that the upstream states for the object, or else the requested one.
        var key: String?
        /// Whether the object is marked as deleted.
        var isDeleted = false
    }

    /// Finds the object in a response, and its key there, in the call's path or in the path of the created object.
    func written(by document: SourceDocument?, _ location: String?, reader: ResponseReader) -> Written {
        var written = Written(key: key)
        if let document, let node = reader.object(in: document, expecting: content),
            document.json.node(node).kind == .object
        {
            let ownKey = entity?.key(of: node, in: document)
            // An object without a key, such as `{"ok": true}`, is not the entity.
            if entity == nil || ownKey != nil {
                let isDeleted = entity?.isDeleted(node, in: document) ?? false
                written = Written(document: document, node: node, key: ownKey ?? key, isDeleted: isDeleted)
            }
        }
        written.key = written.key ?? location.flatMap { entity?.key(inPath: $0) }
        return written
    }
}
