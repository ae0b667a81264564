package import GraphQL

/// A code in `extensions.code` of an error; here too, so that who refuses requests need not know the language.
package typealias ErrorCode = GraphQL.ErrorCode

// Codes of errors that concern the request itself.

extension ErrorCode {
    /// The bytes are not what the protocol asks for.
    package static let badRequest = ErrorCode("BAD_REQUEST")
    /// A browser could have been made to send the request by a page of another site.
    package static let csrfPrevented = ErrorCode("CSRF_PREVENTED")
    /// The target has no such method, or the operation may not be sent by it.
    package static let methodNotAllowed = ErrorCode("METHOD_NOT_ALLOWED")
    /// There is nothing at the path.
    package static let pathNotFound = ErrorCode("PATH_NOT_FOUND")
    /// The client takes no media type that a response comes in.
    package static let notAcceptable = ErrorCode("NOT_ACCEPTABLE")
    /// The body is larger than bodies may be.
    package static let payloadTooLarge = ErrorCode("PAYLOAD_TOO_LARGE")
    /// The body's media type, charset or compression is not understood.
    package static let unsupportedMediaType = ErrorCode("UNSUPPORTED_MEDIA_TYPE")
    /// The header fields are larger than they may be.
    package static let headersTooLarge = ErrorCode("HEADERS_TOO_LARGE")
    /// Requests for this host would spend a configured key for a page of somebody else's site.
    package static let hostNotAllowed = ErrorCode("HOST_NOT_ALLOWED")
    /// The gateway has no memory for more requests at present.
    package static let overloaded = ErrorCode("OVERLOADED")
    /// Whether a token is valid cannot be known at present.
    package static let authenticationUnavailable = ErrorCode("AUTHENTICATION_UNAVAILABLE")
    /// The gateway stops.
    package static let shuttingDown = ErrorCode("SHUTTING_DOWN")
    /// No text is known by the hash; the client sends it along next time.
    package static let persistedQueryNotFound = ErrorCode("PERSISTED_QUERY_NOT_FOUND")
    /// The hash is not that of the text.
    package static let persistedQueryHashMismatch = ErrorCode("PERSISTED_QUERY_HASH_MISMATCH")
    /// The gateway does not store documents by hash.
    package static let persistedQueryNotSupported = ErrorCode("PERSISTED_QUERY_NOT_SUPPORTED")
    /// No trusted document has the id.
    package static let documentNotFound = ErrorCode("DOCUMENT_NOT_FOUND")
    /// The document is not among those that may be executed.
    package static let documentNotTrusted = ErrorCode("DOCUMENT_NOT_TRUSTED")
    /// The document asks for the schema, which this gateway does not disclose.
    package static let introspectionDisabled = ErrorCode("INTROSPECTION_DISABLED")
    /// The idempotency key stands for a request that asked for something else.
    package static let idempotencyKeyReused = ErrorCode("IDEMPOTENCY_KEY_REUSED")
    /// A request with the same idempotency key is in progress.
    package static let idempotencyKeyInUse = ErrorCode("IDEMPOTENCY_KEY_IN_USE")

    /// Whether clients take the refusal as a question: they send the request again, with the document's text.
    var invitesRetry: Bool { self == .persistedQueryNotFound || self == .persistedQueryNotSupported }
}
