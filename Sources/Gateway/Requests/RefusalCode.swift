/// The codes in `extensions.code` of errors that concern the request itself, beside those of `ErrorCode`.
package enum RefusalCode: String, Sendable, CaseIterable {
    /// A browser could have been made to send the request by a page of another site.
    case csrfPrevented = "CSRF_PREVENTED"
    /// The target has no such method, or the operation may not be sent by it.
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    /// There is nothing at the path.
    case pathNotFound = "PATH_NOT_FOUND"
    /// The client takes no media type that a response comes in.
    case notAcceptable = "NOT_ACCEPTABLE"
    /// The body is larger than bodies may be.
    case payloadTooLarge = "PAYLOAD_TOO_LARGE"
    /// The response would be larger than responses may be; the operation was executed.
    case responseTooLarge = "RESPONSE_TOO_LARGE"
    /// The body's media type, charset or compression is not understood.
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
    /// The header fields are larger than they may be.
    case headersTooLarge = "HEADERS_TOO_LARGE"
    /// Requests for this host would spend a configured key for a page of somebody else's site.
    case hostNotAllowed = "HOST_NOT_ALLOWED"
    /// There is no memory for more requests at the moment.
    case overloaded = "OVERLOADED"
    /// The gateway stops.
    case shuttingDown = "SHUTTING_DOWN"
    /// The bytes are not HTTP.
    case badRequest = "BAD_REQUEST"
    /// No text is known by the hash; the client sends it along next time.
    case persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"
    /// The hash is not that of the text.
    case persistedQueryHashMismatch = "PERSISTED_QUERY_HASH_MISMATCH"
    /// Texts are not kept by hash here.
    case persistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
    /// No trusted document has the id.
    case documentNotFound = "DOCUMENT_NOT_FOUND"
    /// The document is not among those that may be executed.
    case documentNotTrusted = "DOCUMENT_NOT_TRUSTED"
    /// The document asks for the schema, which is not told here.
    case introspectionDisabled = "INTROSPECTION_DISABLED"

    /// Whether clients take the refusal as a question: they send the request again, with the document's text.
    var invitesRetry: Bool { self == .persistedQueryNotFound || self == .persistedQueryNotSupported }
}
