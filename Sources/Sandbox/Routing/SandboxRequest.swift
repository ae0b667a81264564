/// A request as the engine sees it.
struct SandboxRequest: Sendable {
    /// The method, in capitals.
    var method: String

    /// Path and query as they came.
    var target: String

    /// The header `Authorization`.
    var authorization: String?

    /// The header `Content-Type`.
    var contentType: String?

    /// The header `If-None-Match`.
    var ifNoneMatch: String?

    /// The header `If-Modified-Since`.
    var ifModifiedSince: String?

    /// The body; nil if it was larger than the sandbox takes.
    var body: [UInt8]? = []
}
