/// The meaning of `count` in a list.
package enum CountVariant: String, CaseIterable, Sendable {
    /// All rows that match.
    case total
    /// The rows of this page.
    case page
    /// There is no such member.
    case missing
}
