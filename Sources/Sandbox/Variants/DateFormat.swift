/// The form of date fields.
package enum DateFormat: String, CaseIterable, Sendable {
    /// `2026-04-23`.
    case date
    /// `2026-04-23T00:00:00Z`.
    case dateTime = "date-time"
    /// Always null.
    case null
}
