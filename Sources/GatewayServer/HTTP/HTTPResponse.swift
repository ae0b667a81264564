internal import NIOHTTP1

/// A response as a door gives it; what belongs to the connection is added when it is written.
struct HTTPResponse: Sendable {
    var status: HTTPResponseStatus
    var contentType: String?
    /// Further header fields.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
    /// Whether the connection must end after the response.
    var closesConnection = false

    init(status: HTTPResponseStatus, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Plain text, for people and probes.
    static func text(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array("\(text)\n".utf8))
    }
}
