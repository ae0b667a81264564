/// The form in which the body of a 429 or 503 states the pause.
package enum RetryAfterBody: String, CaseIterable, Sendable {
    /// In whole seconds: `2`.
    case seconds
    /// In seconds with a fraction: `2.0`.
    case fraction
    /// The body does not state it.
    case absent
}
