internal import Gateway

/// A response that several requests wait for.
///
/// A class, so that sharing it copies nothing.
final class SharedResponse: Sendable {
    /// The response.
    let response: HTTPResponse
    /// The bytes of the response, if it can be sent in one piece; nil: it is encoded for each request.
    let bytes: RepeatedResponse?
    private let repetition: Repetition

    /// Makes a shared response; nil if the response cannot be shared.
    init?(_ response: HTTPResponse) {
        guard let repetition = response.repetition else { return nil }
        self.response = response
        self.repetition = repetition
        bytes = RepeatedResponse(response)
    }

    /// Whether a request that joined at an instant may get the response.
    func covers(_ instant: ContinuousClock.Instant) -> Bool { repetition.covers(instant) }
}
