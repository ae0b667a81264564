/// The rows of one workspace in a merge.
struct WorkspaceRows {
    let slug: String
    let rows: CollectionRows
}
