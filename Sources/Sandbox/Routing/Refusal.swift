/// A request that is answered with an error.
struct Refusal: Error, Sendable {
    /// Why a request is refused: what decides its status and its code.
    enum Reason: Sendable {
        case badRequest
        case unauthorized
        case notFound
        case gone
        case methodNotAllowed
        case tooLarge
        case unsupportedMediaType
        case invalid
        case rateLimited
        case internalError

        /// The HTTP status.
        var status: Int {
            switch self {
            case .badRequest: 400
            case .unauthorized: 401
            case .notFound: 404
            case .gone: 410
            case .methodNotAllowed: 405
            case .tooLarge: 413
            case .unsupportedMediaType: 415
            case .invalid: 422
            case .rateLimited: 429
            case .internalError: 500
            }
        }

        /// The code in the body.
        var code: String {
            switch self {
            case .badRequest: "bad_request"
            case .unauthorized: "unauthorized"
            case .notFound: "not_found"
            case .gone: "gone"
            case .methodNotAllowed: "method_not_allowed"
            case .tooLarge: "payload_too_large"
            case .unsupportedMediaType: "unsupported_media_type"
            case .invalid: "validation_failed"
            case .rateLimited: "rate_limit_exceeded"
            case .internalError: "internal_error"
            }
        }
    }

    /// Why.
    let reason: Reason

    /// The text for people.
    let message: String

    /// The methods that a 405 allows.
    var allow: String?

    /// How many seconds a 429 asks to wait.
    var retryAfter: Int?

    /// Refuses for a reason, with a text.
    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// Refuses because too many requests were made.
    static func rateLimited(retryAfter seconds: Int) -> Refusal {
        var refusal = Refusal(.rateLimited, "API rate limit exceeded. Try again in \(seconds) seconds.")
        refusal.retryAfter = seconds
        return refusal
    }
}
