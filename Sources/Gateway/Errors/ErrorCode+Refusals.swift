package import GraphQL

/// A code in `extensions.code` of an error; declared here too, so that endpoints need not import `GraphQL`.
package typealias ErrorCode = GraphQL.ErrorCode

// Codes of errors that concern the request itself.

extension ErrorCode {
    /// The bytes of the request violate the protocol.
    package static let badRequest = ErrorCode("BAD_REQUEST")
    /// A page of another site could have made a browser send the request.
    package static let csrfPrevented = ErrorCode("CSRF_PREVENTED")
    /// The target does not support the HTTP method, or not for this operation.
    package static let methodNotAllowed = ErrorCode("METHOD_NOT_ALLOWED")
    /// No endpoint has the path.
    package static let pathNotFound = ErrorCode("PATH_NOT_FOUND")
    /// The client accepts none of the media types of the response.
    package static let notAcceptable = ErrorCode("NOT_ACCEPTABLE")
    /// The body exceeds the size limit.
    package static let payloadTooLarge = ErrorCode("PAYLOAD_TOO_LARGE")
    /// The body's media type, charset or content coding is not supported.
    package static let unsupportedMediaType = ErrorCode("UNSUPPORTED_MEDIA_TYPE")
    /// The header fields exceed the size limit.
    package static let headersTooLarge = ErrorCode("HEADERS_TOO_LARGE")
    /// The host is not allowed: a page of another site could use a configured key through it.
    package static let hostNotAllowed = ErrorCode("HOST_NOT_ALLOWED")
    /// The gateway has no memory for more requests at present.
    package static let overloaded = ErrorCode("OVERLOADED")
    /// Tokens cannot be checked at present.
    package static let authenticationUnavailable = ErrorCode("AUTHENTICATION_UNAVAILABLE")
    /// The gateway shuts down.
    package static let shuttingDown = ErrorCode("SHUTTING_DOWN")
    /// No document is stored under the hash; the client sends the text along next time.
    package static let persistedQueryNotFound = ErrorCode("PERSISTED_QUERY_NOT_FOUND")
    /// The hash does not match the document.
    package static let persistedQueryHashMismatch = ErrorCode("PERSISTED_QUERY_HASH_MISMATCH")
    /// The gateway does not store documents by hash.
    package static let persistedQueryNotSupported = ErrorCode("PERSISTED_QUERY_NOT_SUPPORTED")
    /// No trusted document has the id.
    package static let documentNotFound = ErrorCode("DOCUMENT_NOT_FOUND")
    /// The document is not one of the trusted ones.
    package static let documentNotTrusted = ErrorCode("DOCUMENT_NOT_TRUSTED")
    /// The document queries the schema, and introspection is disabled.
    package static let introspectionDisabled = ErrorCode("INTROSPECTION_DISABLED")
    /// The idempotency key was used for a different request.
    package static let idempotencyKeyReused = ErrorCode("IDEMPOTENCY_KEY_REUSED")
    /// A request with the same idempotency key is in progress.
    package static let idempotencyKeyInUse = ErrorCode("IDEMPOTENCY_KEY_IN_USE")

    /// Whether the error asks the client to send the request again, with the document's text.
    var invitesRetry: Bool { self == .persistedQueryNotFound || self == .persistedQueryNotSupported }
}
