internal import Gateway
internal import NIOHTTP1

/// A response of an endpoint; header fields of the connection are added when it is written.
struct HTTPResponse: Sendable {
    var status: HTTPResponseStatus
    var contentType: String?
    /// Further header fields.
    var headers: [(name: String, value: String)] = []
    var body: Body
    /// The request header fields that the response depends on.
    var vary: Vary = []
    /// The conditions for sending it again to an equal request; nil: it is not sent again.
    var reuse: ResponseReuse?
    /// Whether the request counts as waiting until the body is complete.
    var waitsWithBody = false
    /// Whether the connection must be closed after the response.
    var closesConnection = false
    /// The way to send it again to requests of the same bytes; nil: it is not sent again.
    var repetition: Repetition?
    /// The reason of a refusal, so that an endpoint can state it in its own protocol; nil: it is none.
    var refusal: Refusal?

    /// The reason why a request is refused.
    struct Refusal: Sendable {
        let code: ErrorCode
        let message: String
    }

    init(status: HTTPResponseStatus, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = .bytes(body)
    }

    /// Makes a response whose body is produced while the client reads it.
    init(status: HTTPResponseStatus, contentType: String, stream: BodyStream) {
        self.status = status
        self.contentType = contentType
        body = .stream(stream)
    }

    /// The body of a response.
    enum Body: Sendable {
        /// The complete body.
        case bytes([UInt8])
        /// A body that is produced while the client reads it.
        case stream(BodyStream)

        /// The length in bytes; nil: it is not known yet.
        var count: Int? {
            if case .bytes(let bytes) = self { bytes.count } else { nil }
        }
    }

    /// Plain text, for people and probes.
    static func text(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array("\(text)\n".utf8))
    }
}
