internal import GraphQL

/// Identifies fields that are resolved together.
enum FieldBatch: Hashable {
    /// Objects of one entity type, by their keys.
    case entities(TypeID)
    /// Lists of one path whose parameters have the same meaning, so that they can be cut from each other.
    case lists(TypeID?, path: String, ListParameters, workspace: Int, CachePolicy)
}
