package import GraphQL
package import JSONRPC
private import Upstream

/// The numbers of error codes in JSON-RPC and their statuses in HTTP.
///
/// Every declared code has an entry here and in the documents; a test checks both.
package enum ErrorCodeTable {
    /// A code, the number of a JSON-RPC error with it, and the status of an HTTP response that is refused with it.
    package struct Entry: Sendable {
        /// The code.
        package let code: ErrorCode
        /// The number in JSON-RPC.
        package let rpcCode: RPCError.Code
        /// The status in HTTP, for responses without data; a GraphQL response with data has 200, whatever its errors are.
        package let status: Int

        fileprivate init(_ code: ErrorCode, _ rpcCode: RPCError.Code, _ status: Int) {
            self.code = code
            self.rpcCode = rpcCode
            self.status = status
        }
    }

    /// All codes.
    package static let entries: [Entry] = [
        // The operation.
        Entry(.graphqlParseFailed, .invalidParams, 400),
        Entry(.graphqlValidationFailed, .invalidParams, 400),
        Entry(.badUserInput, .invalidParams, 400),
        Entry(.introspectionDisabled, .serverError, 400),
        Entry(.tooExpensive, server(5), 400),
        Entry(.responseTooLarge, .serverError, 200),
        Entry(.internal, .internalError, 500),
        // The upstream.
        Entry(.unauthenticated, server(1), 401),
        Entry(.forbidden, server(2), 403),
        Entry(.notFound, server(3), 404),
        Entry(.rateLimited, server(4), 429),
        Entry(.workspaceUnavailable, server(6), 503),
        Entry(.upstreamError, server(10), 502),
        Entry(.upstreamTimeout, server(11), 504),
        Entry(.upstreamInvalidResponse, server(12), 502),
        Entry(.upstreamOutcomeUnknown, server(13), 502),
        // Clients do not see it; programs that read logs know the status from nginx.
        Entry(.requestCancelled, server(14), 499),
        // The request.
        Entry(.badRequest, .invalidRequest, 400),
        Entry(.csrfPrevented, .serverError, 400),
        Entry(.pathNotFound, .serverError, 404),
        Entry(.methodNotFound, .methodNotFound, 404),
        Entry(.methodNotAllowed, .serverError, 405),
        Entry(.notAcceptable, .serverError, 406),
        Entry(.payloadTooLarge, .serverError, 413),
        Entry(.unsupportedMediaType, .serverError, 415),
        Entry(.headersTooLarge, .serverError, 431),
        Entry(.hostNotAllowed, .serverError, 403),
        Entry(.overloaded, .serverError, 503),
        Entry(.authenticationUnavailable, .serverError, 503),
        Entry(.shuttingDown, .serverError, 503),
        Entry(.idempotencyKeyReused, .invalidParams, 422),
        Entry(.idempotencyKeyInUse, .serverError, 409),
        // Documents by name.
        Entry(.persistedQueryNotFound, .serverError, 200),
        Entry(.persistedQueryNotSupported, .serverError, 200),
        Entry(.persistedQueryHashMismatch, .serverError, 400),
        Entry(.documentNotFound, .serverError, 400),
        Entry(.documentNotTrusted, .serverError, 400),
    ]

    /// A number of the range that JSON-RPC leaves to servers.
    private static func server(_ number: Int) -> RPCError.Code { RPCError.Code(rawValue: -32000 - number) }

    private static let byCode = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0) })

    /// The entry of a code.
    package static func entry(of code: ErrorCode) -> Entry? { byCode[code] }
}

extension ErrorCode {
    /// The number of a JSON-RPC error with this code; a code without an entry has the number of a server error.
    package var rpcCode: RPCError.Code { ErrorCodeTable.entry(of: self)?.rpcCode ?? .serverError }
}

extension RPCError {
    /// The error for a caller without a credential.
    package static func unauthenticated(_ message: String) -> RPCError {
        RPCError(ErrorCode.unauthenticated.rpcCode, message, dataCode: ErrorCode.unauthenticated.rawValue)
    }
}
