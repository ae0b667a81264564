/// Which rows a list shows, and in what order.
struct RowSelection: Hashable, Sendable {
    /// The conditions, all of which a row meets.
    var filters: [RowFilter]

    /// The member that the rows are sorted by.
    var sort: String

    /// Whether the smallest or the largest comes first.
    var direction: SortDirection
}
