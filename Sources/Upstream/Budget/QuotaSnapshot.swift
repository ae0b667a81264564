/// The rest of a key's budget for reads.
package struct QuotaSnapshot: Sendable, Hashable {
    /// The most calls of a window; nil: unknown.
    package let limit: Int?
    /// The calls that are left; nil: unknown.
    package let remaining: Int?
    /// The Unix time in seconds at which the window ends; nil: unknown.
    package let resetsAt: Int?
}
