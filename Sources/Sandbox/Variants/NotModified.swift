/// Whether a 304 counts against the limit.
package enum NotModified: String, CaseIterable, Sendable {
    /// As any other response.
    case counted
    /// It costs nothing.
    case free
}
