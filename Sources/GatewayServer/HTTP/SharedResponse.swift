internal import Gateway

/// A response that several requests have waited for.
///
/// An object, so that it is handed to each of them for little.
final class SharedResponse: Sendable {
    /// The response.
    let response: HTTPResponse
    /// Its bytes, where it can be sent in one piece; nil: it is written for each request.
    let bytes: RepeatedResponse?
    private let repetition: Repetition

    /// Makes a response that can be shared; nil if it cannot.
    init?(_ response: HTTPResponse) {
        guard let repetition = response.repetition else { return nil }
        self.response = response
        self.repetition = repetition
        bytes = RepeatedResponse(response)
    }

    /// Whether a request that began to wait at an instant may have the response.
    func covers(_ instant: ContinuousClock.Instant) -> Bool { repetition.covers(instant) }
}
