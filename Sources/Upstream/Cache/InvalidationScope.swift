package import GraphQL

/// The invalidation scope of a write.
package struct InvalidationScope: Sendable {
    /// The entity type of the object; nil: not known.
    package var type: TypeID?
    /// The object's own path, and others that lead to it; none: it is unknown, or new.
    package var paths: [String] = []
    /// Types all of whose objects may have changed with it.
    package var dependents: [TypeID] = []
    /// The change, as far as it is known.
    package var change: ObjectChange?
    /// Who may see the object as the write's response shows it.
    package var responseScope: CacheScope?
}
