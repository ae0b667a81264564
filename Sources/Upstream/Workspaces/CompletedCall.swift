/// A call that was sent, with its outcome.
struct CompletedCall {
    /// The response, or the transport's error.
    let result: Result<TransportResponse, TransportError>
    /// The HTTP method.
    let method: String
    /// The kind of call as which it counts.
    let kind: CallKind
    /// The path and query.
    let path: String
    /// The route and path whose health it shows.
    let target: UpstreamHealth.Target
    /// The credential with which it was made.
    let credential: Credential
    /// The time at which it was sent.
    let startedAt: ContinuousClock.Instant
    /// The time that was left of the client's request when it was sent.
    let timeLeft: Duration
    /// Its span; nil: it is in no trace.
    let trace: SpanPosition?
    /// The context in which it was made.
    let context: CallContext
}
