/// A row that does not belong into a page, behind the page's first row.
package enum OddRow: String, CaseIterable, Sendable {
    /// No such row.
    case none
    /// The first row again.
    case repeated
    /// `null`.
    case null
    /// A text.
    case text
}
