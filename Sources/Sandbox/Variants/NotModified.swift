/// Whether a 304 counts against the limit.
package enum NotModified: String, CaseIterable, Sendable {
    /// It counts as any other response.
    case counted
    /// It does not count.
    case free
}
