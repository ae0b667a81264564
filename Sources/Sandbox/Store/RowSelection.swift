/// The rows that a list shows, and their order.
struct RowSelection: Hashable, Sendable {
    /// The conditions, all of which a row meets.
    var filters: [RowFilter]

    /// The member that the rows are sorted by.
    var sort: String

    /// The sort direction.
    var direction: SortDirection
}
