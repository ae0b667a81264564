internal import NIOHTTP1

/// The framing of a response on its connection.
struct ResponseFraming {
    let version: HTTPVersion
    var keepsAlive: Bool
    /// Whether the body is omitted, as the request was a HEAD.
    let isHead: Bool
    /// Whether the body is sent in chunks, as its length is unknown.
    var isChunked = false

    /// The framing of a response after which the connection is closed.
    static let last = ResponseFraming(version: .http1_1, keepsAlive: false, isHead: false)

    /// Whether the body of a response is written.
    func hasBody(_ response: HTTPResponse) -> Bool {
        !isHead && response.status.mayHaveResponseBody
    }
}
