/// The rest of a key's budget.
package struct QuotaSnapshot: Sendable, Hashable {
    package let limit: Int?
    package let remaining: Int?
    /// Unix seconds.
    package let resetsAt: Int?
}
