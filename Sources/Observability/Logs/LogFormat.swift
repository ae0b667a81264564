/// The format of log lines.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people: time, level, message, and `key=value` pairs.
    case text
    /// For programs: one JSON object per line.
    case json
}
