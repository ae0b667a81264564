/// The order of rows whose sort values are equal.
package enum TieOrder: String, CaseIterable, Sendable {
    /// The latest written row comes first.
    case stable
    /// The order differs from one list response to the next.
    case unstable
}
