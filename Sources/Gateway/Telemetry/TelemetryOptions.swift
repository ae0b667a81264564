/// The optional contents of records that observers request.
package struct TelemetryOptions: Sendable {
    /// The duration from which on an operation is slow, so that its record has its call plan; nil: no operation is slow.
    package var slowOperation: Duration?
    /// Whether every record of a request has its caller; if not, only records of exchanges with notes, of messages and of streams
    /// have it.
    package var namesCallers = true
    /// Begins traces; nil: none are recorded, and the trace context of a request is forwarded unchanged.
    package var tracing: TraceSampling?

    package init() {}
}
