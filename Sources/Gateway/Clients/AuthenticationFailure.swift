internal import GraphQL
private import Upstream

/// Why a token names no client.
package enum AuthenticationFailure: Error, Sendable, Hashable {
    /// There is none.
    case missing
    /// It is not known, or not valid any more; for this reason, which says nothing of the token.
    case invalid(String)
    /// Whether it is valid cannot be known at present; for this reason.
    case unavailable(String)
    /// It is valid, but allows nothing here; for this reason.
    case forbidden(String)

    /// A sentence for clients.
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
