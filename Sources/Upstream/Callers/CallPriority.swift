/// How urgent a call is.
package enum CallPriority: Int, Sendable, Comparable {
    /// Spends only what is plentiful: keeps responses fresh that nobody waits for.
    case refresh
    case background
    /// Someone waits for it.
    case interactive

    package static func < (left: CallPriority, right: CallPriority) -> Bool { left.rawValue < right.rawValue }
}
