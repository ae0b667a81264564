/// The order of rows whose sort values are equal.
package enum TieOrder: String, CaseIterable, Sendable {
    /// The row written last comes first.
    case stable
    /// Each list response has another one.
    case unstable
}
