package import GraphQL

/// The invalidation scope of a write: the objects and lists that it may have changed.
package struct InvalidationScope: Sendable {
    /// The entity type of the object; nil: not known.
    package var type: TypeID?
    /// The object's own path, and other paths that name it; empty: they are unknown, or the object is new.
    package var paths: [String] = []
    /// Types of which any object may have changed too.
    package var dependents: [TypeID] = []
    /// The change, as far as it is known.
    package var change: ObjectChange?
    /// The credentials that may see the object as the write's response shows it.
    package var responseScope: CacheScope?
}
