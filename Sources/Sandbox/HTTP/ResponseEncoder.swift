internal import NIOCore

/// Writes a response as HTTP/1.1.
struct ResponseEncoder {
    /// Whether the connection stays open after the response.
    let isKeepAlive: Bool

    /// Whether the body stays away, as in the response to HEAD.
    let isHeadOnly: Bool

    /// Appends the response, with only half of the body if that is how it reaches the client.
    func write(_ response: Response, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(response.status))
        buffer.writeStaticString(" ")
        buffer.writeString(HTTPStatusText.phrase(response.status))
        buffer.writeStaticString("\r\n")
        if response.status != 204 && response.status != 304 { writeContentHeaders(response, into: &buffer) }
        if let rate = response.rate { writeRateHeaders(rate, into: &buffer) }
        for (name, value) in response.headers {
            buffer.writeString("\(name): \(value)\r\n")
        }
        if !isKeepAlive { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("\r\n")
        guard !isHeadOnly else { return }
        if response.delivery == .truncated {
            buffer.writeBytes(response.body.prefix(response.body.count / 2))
        } else {
            buffer.writeBytes(response.body)
        }
    }

    private func writeContentHeaders(_ response: Response, into buffer: inout ByteBuffer) {
        if !response.body.isEmpty {
            switch response.contentType {
            case .json: buffer.writeStaticString("Content-Type: application/json; charset=utf-8\r\n")
            case .html: buffer.writeStaticString("Content-Type: text/html; charset=utf-8\r\n")
            }
        }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(response.body.count))
        buffer.writeStaticString("\r\n")
    }

    private func writeRateHeaders(_ rate: RateHeaders, into buffer: inout ByteBuffer) {
        for (name, value) in [
            ("Limit", String(rate.limit)), ("Remaining", String(rate.remaining)), ("Reset", rate.reset),
        ] {
            buffer.writeString(rate.prefix)
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            buffer.writeString(value)
            buffer.writeStaticString("\r\n")
        }
    }
}
