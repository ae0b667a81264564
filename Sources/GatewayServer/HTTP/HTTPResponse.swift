internal import Gateway
internal import NIOHTTP1

/// A response as an endpoint gives it; what belongs to the connection is added when it is written.
struct HTTPResponse: Sendable {
    var status: HTTPResponseStatus
    var contentType: String?
    /// Further header fields.
    var headers: [(name: String, value: String)] = []
    var body: Body
    /// The request header fields that the response depends on.
    var vary: Vary = []
    /// How long an equal request would get the response again; nil: it would not.
    var reuse: ResponseReuse?
    /// Whether the request waits for something until the body is made.
    var waitsWithBody = false
    /// Whether the connection must end after the response.
    var closesConnection = false
    /// How it can be sent again to a request of the same bytes; nil: it cannot.
    var repetition: Repetition?
    /// The reason of a refusal, so that an endpoint can state it in its own protocol.
    var refusal: Refusal?

    /// Why a request is refused.
    struct Refusal: Sendable {
        let code: ErrorCode
        let message: String
    }

    init(status: HTTPResponseStatus, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = .bytes(body)
    }

    /// Makes a response whose body is made while the client reads it.
    init(status: HTTPResponseStatus, contentType: String, stream: BodyStream) {
        self.status = status
        self.contentType = contentType
        body = .stream(stream)
    }

    /// The body of a response.
    enum Body: Sendable {
        /// All of it is here.
        case bytes([UInt8])
        /// It is made while the client reads it.
        case stream(BodyStream)

        /// The number of bytes; nil if it is not known yet.
        var count: Int? {
            if case .bytes(let bytes) = self { bytes.count } else { nil }
        }
    }

    /// Plain text, for people and probes.
    static func text(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array("\(text)\n".utf8))
    }
}
