/// Server-sent events, in the mode of distinct connections.
///
/// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode
struct EventStreamTransport: StreamTransport {
    let contentType = "text/event-stream; charset=utf-8"

    let start: [UInt8] = []

    let heartbeat = Array(":\n\n".utf8)

    let end = Array("event: complete\ndata: \n\n".utf8)

    func part(_ result: [UInt8]) -> [UInt8] {
        // Between values JSON may have ends of lines, which would end the field.
        let line = result.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        return Array("event: next\ndata: ".utf8) + line + Array("\n\n".utf8)
    }
}
