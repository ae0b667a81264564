internal import NIOHTTP1

/// How a response travels on its connection.
struct ResponseFraming {
    let version: HTTPVersion
    var keepsAlive: Bool
    /// Whether the body is left out: the request was a HEAD.
    let isHead: Bool
    /// Whether the body comes in chunks, as its length is not known.
    var isChunked = false

    /// That of a response which ends its connection.
    static let last = ResponseFraming(version: .http1_1, keepsAlive: false, isHead: false)

    /// Whether a response's body is written.
    func hasBody(_ response: HTTPResponse) -> Bool {
        !isHead && response.status.mayHaveResponseBody
    }
}
