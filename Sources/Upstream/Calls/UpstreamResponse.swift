/// The response to a GET, or why there is none.
struct UpstreamResponse: Sendable {
    /// Whether the same GET is made again.
    enum Retry: Sendable, Hashable {
        case never
        /// It failed for a reason that may have passed shortly after, but not before the time that the upstream states.
        case afterBackoff(minimum: Duration)
        /// It was not sent, as the upstream has asked not to be called for so long; that uses up no attempt.
        case afterStatedPause(Duration)
        /// The rate limit refused it: it goes on after a pause, of the length that the upstream asks for.
        case afterPause(Duration)
    }

    var outcome: CallOutcome
    /// Nil: there is no response.
    var status: Int?
    var validators = CachedResponse.Validators()
    /// Whether the cached response is still right.
    var isNotModified = false
    /// Whether it says so of another version than the one that was asked about.
    var isOfOtherVersion = false
    var retry = Retry.never
    /// Whether the upstream was asked.
    var wasSent = false
    /// Whether it failed because the caller went away or had no time left, so that others may have a response.
    var isCallerFailure = false
    /// When the request was sent.
    let sentAt: ContinuousClock.Instant
    /// How old the response was when it came, by the header field `Age`.
    var age = Duration.zero

    init(outcome: CallOutcome, sentAt: ContinuousClock.Instant) {
        self.outcome = outcome
        self.sentAt = sentAt
    }

    /// The time from which the response's age counts: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3.
    var generatedAt: ContinuousClock.Instant { sentAt - age }
}
