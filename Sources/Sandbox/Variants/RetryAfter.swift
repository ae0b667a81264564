/// Whether a 429 carries `Retry-After`.
package enum RetryAfter: String, CaseIterable, Sendable {
    /// It does.
    case present
    /// Only the body states the pause.
    case absent
}
