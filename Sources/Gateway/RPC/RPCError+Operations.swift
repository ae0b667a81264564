internal import GraphQL
internal import JSON
package import JSONRPC
internal import Upstream

extension RPCError {
    /// The error of a method whose operation is refused.
    ///
    /// Locations are left out: the caller has not written the document, except perhaps a selection in it.
    init(_ refusal: RequestRefusal) {
        switch refusal {
        case .rateLimited(let status):
            self.init(
                ErrorCode.rateLimited.rpcCode,
                RequestRefusal.rateLimitedMessage(status),
                data: ErrorCode.rateLimited.extensions(["retryAfter": .integer(status.secondsLeft)])
            )
        case .operation(let refusal): self.init(refusal)
        case .tooExpensive(let error): self.init([error])
        case .forbidden(let message):
            self.init(ErrorCode.forbidden.rpcCode, message, dataCode: ErrorCode.forbidden.rawValue)
        case .idempotency(let code):
            self.init(code.rpcCode, RequestRefusal.idempotencyMessage(code), data: code.extensions())
        case .overloaded: self = .tooManyInFlight
        case .unsupported(let message): self = .invalidParams(message)
        }
    }

    /// The error of a call while too many requests are in flight.
    package static let tooManyInFlight = RPCError(
        ErrorCode.overloaded.rpcCode,
        RequestRefusal.overloadedMessage,
        data: ErrorCode.overloaded.extensions(["retryAfter": 1])
    )

    /// The error of the method `auth` in a batch or over HTTP.
    package static let authenticatesAlone = RPCError(
        .invalidRequest,
        "auth is called alone, as a message of its own over a WebSocket or a line socket, before other calls; over HTTP, send the key in "
            + "the header field Authorization.",
        dataCode: ErrorCode.badRequest.rawValue
    )

    private init(_ refusal: OperationStore.Refusal) {
        switch refusal {
        case .syntax(let error):
            self.init([error.withoutLocations], defaultCode: ErrorCode.graphqlParseFailed.rawValue)
        case .invalid(let errors):
            self.init(errors.map(\.withoutLocations), defaultCode: ErrorCode.graphqlValidationFailed.rawValue)
        case .introspection(let errors):
            self.init(errors.map(\.withoutLocations), defaultCode: ErrorCode.introspectionDisabled.rawValue)
        case .operation(let errors):
            self.init(errors.map(\.withoutLocations), defaultCode: ErrorCode.badUserInput.rawValue)
        case .refused(let code, let message):
            self.init(.invalidParams, message, dataCode: code.rawValue)
        case .malformed(let malformed):
            self = .invalidParams(malformed.message)
        }
    }
}

extension GraphQLError {
    /// The error without locations, as the caller has not written the document.
    fileprivate var withoutLocations: GraphQLError {
        var error = self
        error.locations = []
        return error
    }
}
