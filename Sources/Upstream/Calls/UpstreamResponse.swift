/// The response to a GET, or the reason why there is none.
struct UpstreamResponse: Sendable {
    /// Whether, and when, the same GET is made again.
    enum Retry: Sendable, Hashable {
        case never
        /// It failed for a reason that may have passed shortly after; it is not repeated before the time that the upstream states.
        case afterBackoff(minimum: Duration)
        /// It was not sent, because the upstream asks not to be called for this time; this uses up no attempt.
        case afterStatedPause(Duration)
        /// The upstream rejected it with status 429: it is repeated after a pause of the length that the upstream asks for.
        case afterPause(Duration)
    }

    var outcome: CallOutcome
    /// The HTTP status; nil: there is no response.
    var status: Int?
    var validators = CachedResponse.Validators()
    /// Whether the response confirms the cached response (status 304).
    var isNotModified = false
    /// Whether status 304 confirms another version than the one that the request named.
    var isOfOtherVersion = false
    var retry = Retry.never
    /// Whether the request was sent to the upstream.
    var wasSent = false
    /// Whether it failed because the caller cancelled it or had no time left, so that other callers may receive a response.
    var isCallerFailure = false
    /// The time at which the request was sent.
    let sentAt: ContinuousClock.Instant
    /// The age of the response when it arrived, from the header field `Age`.
    var age = Duration.zero

    init(outcome: CallOutcome, sentAt: ContinuousClock.Instant) {
        self.outcome = outcome
        self.sentAt = sentAt
    }

    /// The time from which the response's age counts: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3.
    var generatedAt: ContinuousClock.Instant { sentAt - age }
}
