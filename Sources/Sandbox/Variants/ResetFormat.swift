/// The format of `X-RateLimit-Reset`.
package enum ResetFormat: String, CaseIterable, Sendable {
    /// Seconds since 1970.
    case unix
    /// Seconds from now.
    case seconds
    /// Seconds from now with a fraction: `2.25`.
    case fraction
    /// Seconds from now with a unit: `2s`.
    case unit
    /// A date as HTTP writes it.
    case httpDate = "http-date"
    /// A date as ISO 8601 writes it.
    case iso8601 = "iso-8601"
}
