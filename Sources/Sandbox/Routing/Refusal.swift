/// A request whose response is an error.
struct Refusal: Error, Sendable {
    /// The reason of a refusal, which decides status and code.
    enum Reason: Sendable, Equatable {
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
        case unavailable
        case suspended
        case failing(status: Int)

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
            case .unavailable: 503
            case .suspended: 200
            case .failing(let status): status
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
            case .internalError, .failing: "internal_error"
            case .unavailable: "service_unavailable"
            case .suspended: "workspace_suspended"
            }
        }

        /// The status where only errors of authentication, routing and limits have a status of their own.
        var mildStatus: Int {
            switch self {
            case .unauthorized, .notFound, .gone, .methodNotAllowed, .rateLimited: status
            case .badRequest, .tooLarge, .unsupportedMediaType, .invalid, .internalError, .unavailable, .suspended,
                .failing:
                200
            }
        }
    }

    /// The reason.
    let reason: Reason

    /// The text for people.
    let message: String

    /// The methods that a 405 allows.
    var allow: String?

    /// The milliseconds that a 429 or 503 asks to wait.
    var retryAfter: Int?

    /// Refuses for a reason, with a text.
    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// Refuses because too many requests were made.
    static func rateLimited(retryAfter milliseconds: Int) -> Refusal {
        let seconds = (milliseconds + 999) / 1000
        var refusal = Refusal(.rateLimited, "API rate limit exceeded. Try again in \(seconds) seconds.")
        refusal.retryAfter = milliseconds
        return refusal
    }

    /// Refuses because the API is down for a second.
    static var unavailable: Refusal {
        var refusal = Refusal(.unavailable, "The service is temporarily unavailable.")
        refusal.retryAfter = 1000
        return refusal
    }
}
