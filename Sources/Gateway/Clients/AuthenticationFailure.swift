internal import GraphQL
private import Upstream

/// The reason why a token identifies no client.
package enum AuthenticationFailure: Error, Sendable, Hashable {
    /// The request has no token.
    case missing
    /// The token is unknown or no longer valid; the reason does not reveal the token.
    case invalid(String)
    /// Its validity cannot be checked at present, for the stated reason.
    case unavailable(String)
    /// It is valid, but grants no access here, for the stated reason.
    case forbidden(String)

    /// The message for clients.
    package var message: String {
        switch self {
        case .missing: "This gateway needs a token: Authorization: Bearer TOKEN."
        case .invalid(let reason), .unavailable(let reason), .forbidden(let reason): reason
        }
    }

    /// The code of the error that a client gets.
    package var code: ErrorCode {
        switch self {
        case .missing, .invalid: .unauthenticated
        case .unavailable: .authenticationUnavailable
        case .forbidden: .forbidden
        }
    }
}
