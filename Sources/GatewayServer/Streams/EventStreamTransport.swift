/// Sends results as server-sent events, in the mode of distinct connections.
///
/// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode
struct EventStreamTransport: StreamTransport {
    let contentType = "text/event-stream; charset=utf-8"

    let start: [UInt8] = []

    let heartbeat = Array(":\n\n".utf8)

    let end = Array("event: complete\ndata: \n\n".utf8)

    func part(_ result: [UInt8]) -> [UInt8] {
        Array("event: next\ndata: ".utf8) + result.onOneLine + Array("\n\n".utf8)
    }
}
