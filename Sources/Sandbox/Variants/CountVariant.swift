/// The meaning of `count` in a list.
package enum CountVariant: String, CaseIterable, Sendable {
    /// The number of all matching rows.
    case total
    /// The number of rows in this page.
    case page
    /// Lists have no `count`.
    case missing
}
