internal import NIOCore

/// Writes an answer as HTTP/1.1.
struct AnswerEncoder {
    /// Whether the connection stays open after the answer.
    let isKeptAlive: Bool

    /// Whether the body stays away, as in the answer to HEAD.
    let isHeadOnly: Bool

    /// Appends the answer, with only half of the body if that is how it reaches the client.
    func write(_ answer: Answer, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(answer.status))
        buffer.writeStaticString(" ")
        buffer.writeString(HTTPStatusText.phrase(answer.status))
        buffer.writeStaticString("\r\n")
        if answer.status != 204 && answer.status != 304 { writeContentHeaders(answer, into: &buffer) }
        if let rate = answer.rate { writeRateHeaders(rate, into: &buffer) }
        for (name, value) in answer.headers {
            buffer.writeString("\(name): \(value)\r\n")
        }
        if !isKeptAlive { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("\r\n")
        guard !isHeadOnly else { return }
        if answer.delivery == .truncated {
            buffer.writeBytes(answer.body.prefix(answer.body.count / 2))
        } else {
            buffer.writeBytes(answer.body)
        }
    }

    private func writeContentHeaders(_ answer: Answer, into buffer: inout ByteBuffer) {
        if !answer.body.isEmpty {
            switch answer.contentType {
            case .json: buffer.writeStaticString("Content-Type: application/json; charset=utf-8\r\n")
            case .html: buffer.writeStaticString("Content-Type: text/html; charset=utf-8\r\n")
            }
        }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(answer.body.count))
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
