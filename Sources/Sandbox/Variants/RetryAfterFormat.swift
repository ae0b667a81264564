/// The format of the header `Retry-After`.
package enum RetryAfterFormat: String, CaseIterable, Sendable {
    /// Whole seconds: `2`.
    case seconds
    /// Seconds with a fraction: `1.25`.
    case fraction
    /// A date: `Thu, 23 Apr 2026 12:34:56 GMT`.
    case httpDate = "http-date"
    /// Whole seconds with a unit: `2s`.
    case unit
}
