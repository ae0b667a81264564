/// The engine's response to a request.
struct Response: Sendable {
    /// The media type of the body.
    enum ContentType: Sendable {
        case json
        case html
    }

    /// The way in which a response reaches the client.
    enum Delivery: Sendable {
        /// The whole response.
        case whole
        /// Half of the body, then the connection ends.
        case truncated
        /// The connection is reset before any byte.
        case reset
    }

    /// The HTTP status.
    var status: Int

    /// The media type of the body.
    var contentType = ContentType.json

    /// The body, or none.
    var body: [UInt8] = []

    /// Headers besides those of the content and of the rate limit.
    var headers: [(name: String, value: String)] = []

    /// The rate-limit headers' numbers; nil for none.
    var rate: RateHeaders?

    /// The way in which the response reaches the client.
    var delivery = Delivery.whole

    /// The delay before it is sent.
    var delay = Duration.zero

    /// A response that is JSON.
    static func json(_ body: [UInt8], status: Int = 200) -> Response {
        Response(status: status, body: body)
    }

    /// A response without a body.
    static let noContent = Response(status: 204)
}
