internal import GraphQL
internal import JSON
internal import Upstream

extension GraphQLResponse {
    /// The response to a refused request.
    init(_ refusal: RequestRefusal) {
        self =
            switch refusal {
            case .rateLimited(let status): .rateLimited(status)
            case .operation(let refusal): GraphQLResponse(refusal)
            case .tooExpensive(let error): .refused([error], code: ErrorCode.tooExpensive.rawValue)
            case .forbidden(let message): .refused(.forbidden, message, kind: .requestError)
            case .idempotency(let code):
                .refused(
                    code,
                    RequestRefusal.idempotencyMessage(code),
                    kind: code == .idempotencyKeyReused ? .mismatch : .conflict
                )
            case .overloaded:
                .refused(
                    [GraphQLError(RequestRefusal.overloadedMessage, extensions: ["retryAfter": 1])],
                    code: ErrorCode.overloaded.rawValue
                )
            case .unsupported(let message): .refused(.methodNotAllowed, message, kind: .requestError)
            }
    }

    private init(_ refusal: OperationStore.Refusal) {
        self =
            switch refusal {
            case .syntax(let error):
                .refused([error], code: ErrorCode.graphqlParseFailed.rawValue)
            case .invalid(let errors):
                .refused(errors, code: ErrorCode.graphqlValidationFailed.rawValue)
            case .introspection(let errors):
                .refused(errors, code: ErrorCode.introspectionDisabled.rawValue)
            case .refused(let code, let message):
                .refused(code, message, kind: code.invitesRetry ? .unknownPersistedQuery : .malformed)
            case .malformed(let malformed):
                .malformed(malformed.message)
            case .operation(let errors):
                .refused(errors, code: ErrorCode.badUserInput.rawValue)
            }
    }
}
