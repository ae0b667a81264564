internal import GraphQL

/// What makes fields be resolved together.
enum FieldBatch: Hashable {
    /// Objects of one entity type, by their keys.
    case entities(TypeID)
    /// Lists of one path whose parameters mean the same: they can be cut from each other.
    case lists(TypeID?, path: String, ListParameters, workspace: Int, CachePolicy)
}
