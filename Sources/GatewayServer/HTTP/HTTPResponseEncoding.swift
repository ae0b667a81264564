internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// The usual capacity for the head of a response, in bytes.
    static let headCapacity = 512

    /// Appends the head of a response in the format of HTTP/1.
    ///
    /// A response without `Cache-Control` gets `no-store`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112
    // PERF: a third of the cost of NIO's encoder with its header collection.
    mutating func writeHead(of response: HTTPResponse, framing: ResponseFraming, date: String) {
        writeStaticString("HTTP/1.1 ")
        writeString(String(response.status.code))
        writeStaticString(" ")
        writeString(response.status.reasonPhrase)
        writeStaticString("\r\ndate: ")
        writeString(date)
        if let contentType = response.contentType {
            writeStaticString("\r\ncontent-type: ")
            writeString(contentType)
        }
        var statesCaching = false
        for field in response.headers {
            statesCaching = statesCaching || field.name == "cache-control"
            writeStaticString("\r\n")
            writeString(field.name)
            writeStaticString(": ")
            writeString(field.value)
        }
        if !response.vary.isEmpty {
            writeStaticString("\r\nvary: ")
            writeString(response.vary.text)
        }
        if !statesCaching { writeStaticString("\r\ncache-control: no-store") }
        if response.status.mayHaveResponseBody {
            if let count = response.body.count {
                writeStaticString("\r\ncontent-length: ")
                writeString(String(count))
            } else if framing.isChunked {
                writeStaticString("\r\ntransfer-encoding: chunked")
            }
        }
        if !framing.keepsAlive {
            writeStaticString("\r\nconnection: close")
        } else if framing.version == .http1_0 {
            writeStaticString("\r\nconnection: keep-alive")
        }
        writeStaticString("\r\n\r\n")
    }
}
