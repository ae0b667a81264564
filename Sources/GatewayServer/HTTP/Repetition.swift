internal import Gateway

/// How a response is sent again to a request of the same bytes.
///
/// What holds for a request holds for another one of the same bytes: only what changes with time is asked again, and whoever counts
/// responses counts it. A filter whose part of a response differs between requests of the same bytes sets `HTTPResponse.repetition` to nil.
///
/// An object, so that responses without it are small.
final class Repetition: Sendable {
    /// Until when requests may have it; nil: only those may that began to wait for it in time.
    let validity: ResponseValidity?
    /// For how many seconds clients may reuse the response, at most; nil: its header fields do not depend on the time.
    let clientMaximumAge: Int?
    /// Whether each response has an id of its own, as the request brings none.
    let makesRequestID: Bool
    /// Whether a request that began to wait at an instant may have the response.
    let covers: @Sendable (ContinuousClock.Instant) -> Bool
    private let noteRequest: @Sendable (RepeatedRequest) -> Void
    /// The exchange that others of the same bytes are reported as; nil: they are not.
    private let exchange: RepeatedExchange?

    private init(
        validity: ResponseValidity?,
        clientMaximumAge: Int?,
        makesRequestID: Bool = false,
        covers: @escaping @Sendable (ContinuousClock.Instant) -> Bool = { _ in true },
        exchange: RepeatedExchange? = nil,
        note: @escaping @Sendable (RepeatedRequest) -> Void
    ) {
        self.validity = validity
        self.clientMaximumAge = clientMaximumAge
        self.makesRequestID = makesRequestID
        self.covers = covers
        self.exchange = exchange
        noteRequest = note
    }

    /// Makes the repetition of a response that is cached.
    convenience init(
        validity: ResponseValidity,
        clientMaximumAge: Int?,
        note: @escaping @Sendable (RepeatedRequest) -> Void
    ) {
        self.init(validity: Optional(validity), clientMaximumAge: clientMaximumAge, note: note)
    }

    /// Makes the repetition of a response that others wait for.
    convenience init(_ window: SharingWindow, _ outcome: RequestOutcome) {
        self.init(
            validity: nil,
            clientMaximumAge: nil,
            covers: { window.covers($0, outcome) },
            note: { window.note(outcome, $0) }
        )
    }

    /// Notes that a request has had the response.
    func note(_ request: RepeatedRequest) {
        noteRequest(request)
        exchange?.note(request)
    }

    /// The repetition under request ids that are made for each response, or under the one that the request brings.
    func withRequestIDs(made: Bool) -> Repetition {
        Repetition(
            validity: validity,
            clientMaximumAge: clientMaximumAge,
            makesRequestID: made,
            covers: covers,
            exchange: exchange,
            note: noteRequest
        )
    }

    /// The repetition that is also reported to an observer.
    func reported(as exchange: RepeatedExchange) -> Repetition {
        Repetition(
            validity: validity,
            clientMaximumAge: clientMaximumAge,
            makesRequestID: makesRequestID,
            covers: covers,
            exchange: exchange,
            note: noteRequest
        )
    }

    /// The value of `Cache-Control` of a response that is sent again.
    static func cacheControl(_ timeLeft: Duration, clientMaximumAge: Int) -> String {
        let age = min(Int(timeLeft.components.seconds), clientMaximumAge)
        return age > 0 ? "private, max-age=\(age)" : "no-store"
    }
}
