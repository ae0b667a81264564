internal import GraphQL
private import Synchronization

/// The invalidation scope of a write.
struct InvalidationScope: Sendable {
    /// The entity type of the object; nil: not known.
    var type: TypeID?
    /// The object's own path, and others that lead to it; none: it is unknown, or new.
    var paths: [String] = []
    /// Types all of whose objects may have changed with it.
    var dependents: [TypeID] = []
    /// The change, as far as it is known.
    var change: ObjectChange?
    /// Who may see the object as the write's response shows it.
    var responseScope: CacheScope?
}
