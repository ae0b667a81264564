/// Whether a 429 carries `Retry-After`.
package enum RetryAfter: String, CaseIterable, Sendable {
    /// The header states the pause.
    case present
    /// Only the body states the pause.
    case absent
}
