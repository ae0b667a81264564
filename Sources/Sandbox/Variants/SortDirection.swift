/// The direction of a list.
package enum SortDirection: String, CaseIterable, Sendable {
    /// Smallest first, nulls last.
    case ascending = "asc"
    /// Largest first, nulls first.
    case descending = "desc"
}
