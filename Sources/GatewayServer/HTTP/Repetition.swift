internal import Gateway

/// The way in which a response is sent again to requests of the same bytes.
///
/// Filters decide alike for requests of the same bytes, so they are skipped: only the validity, which changes with time, is checked, and
/// each response is reported. A filter whose result differs between requests of the same bytes sets `HTTPResponse.repetition` to nil.
///
/// A class, so that responses without it are small.
final class Repetition: Sendable {
    /// The validity of the response; nil: only requests get it that joined in time.
    let validity: ResponseValidity?
    /// The most seconds for which clients may reuse the response; nil: its header fields do not depend on the time.
    let clientMaximumAge: Int?
    /// Whether each response gets a new request id, as the request has none.
    let makesRequestID: Bool
    /// Returns whether a request that joined at an instant may get the response.
    let covers: @Sendable (ContinuousClock.Instant) -> Bool
    private let noteRequest: @Sendable (RepeatedRequest) -> Void
    /// The exchange that is reported for each further request; nil: none is.
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

    /// Makes the repetition of a cached response.
    convenience init(
        validity: ResponseValidity,
        clientMaximumAge: Int?,
        note: @escaping @Sendable (RepeatedRequest) -> Void
    ) {
        self.init(validity: Optional(validity), clientMaximumAge: clientMaximumAge, note: note)
    }

    /// Makes the repetition of a response to requests that joined.
    convenience init(_ window: SharingWindow, _ outcome: RequestOutcome) {
        self.init(
            validity: nil,
            clientMaximumAge: nil,
            covers: { window.covers($0, outcome) },
            note: { window.note(outcome, $0) }
        )
    }

    /// Records a request that has got the response.
    func note(_ request: RepeatedRequest) {
        noteRequest(request)
        exchange?.note(request)
    }

    /// A copy with new request ids for each response, or with the id of the request.
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

    /// A copy that is also reported to an observer.
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
