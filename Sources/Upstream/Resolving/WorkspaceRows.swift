/// The rows of one workspace that go into a merge.
struct WorkspaceRows {
    let slug: String
    let rows: CollectionRows
}
