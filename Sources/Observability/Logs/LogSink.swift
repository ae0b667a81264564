/// Writes log lines.
package protocol LogSink: Sendable {
    /// Writes one line, which ends with a line feed; it must return at once.
    func write(_ line: [UInt8])
}
