/// What observers want to learn of requests.
package struct TelemetryOptions: Sendable {
    /// From which duration on an operation is slow, so that its record has its call plan; nil: none is.
    package var slowOperation: Duration?
    /// Whether every record of a request names the caller; otherwise those alone do that somebody takes notes of, and those of
    /// messages and streams.
    package var namesCallers = true
    /// Begins traces; nil: none are recorded, and those that requests are in are passed on as they are.
    package var tracing: TraceSampling?

    package init() {}
}
