/// How log lines are written.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people: time, level, message, and `key=value` pairs.
    case text
    /// For programs: one JSON object a line.
    case json
}
