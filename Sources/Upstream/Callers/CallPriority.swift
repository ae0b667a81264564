/// The urgency of a call, from the lowest to the highest.
package enum CallPriority: Int, Sendable, Comparable {
    /// Renews a cached response that nobody waits for; it leaves a reserve of the budget unused.
    case refresh
    /// Is made without a client that waits, before any refresh.
    case background
    /// A client waits for it.
    case interactive

    package static func < (left: CallPriority, right: CallPriority) -> Bool { left.rawValue < right.rawValue }
}
