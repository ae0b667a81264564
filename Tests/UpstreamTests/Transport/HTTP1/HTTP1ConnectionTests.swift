import Glibc
import Testing

@testable import Upstream

/// One connection to an upstream over cleartext HTTP/1.1.
@Suite struct HTTP1ConnectionTests {
    /// A connection that is established, and the upstream's end of it.
    private func connected(_ body: (HTTP1Connection, Int32) throws -> Void) throws {
        let listener = try LoopbackSocket.listen()
        defer { close(listener) }
        let port = try LoopbackSocket.port(of: listener)
        let connection = try HTTP1Connection(
            to: #require(SocketAddress("127.0.0.1", port: port)),
            origin: CurlOrigin("http://127.0.0.1:\(port)"),
            maximumContentBytes: 1000
        )
        defer { connection.close() }
        let peer = accept(listener, nil, nil)
        defer { close(peer) }
        try body(connection, peer)
    }

    private func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        // SAFETY: the array has as many bytes as are sent.
        _ = unsafe send(descriptor, bytes, bytes.count, 0)
    }

    private func waitUntilReadable(_ descriptor: Int32) {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: the pointer is used during the call only.
        _ = unsafe poll(&watched, 1, -1)
    }

    @Test func responseBeforeTheRequestIsMalformed() throws {
        try connected { connection, peer in
            write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", to: peer)
            waitUntilReadable(connection.descriptor)
            try connection.finishConnecting()
            guard case .failed(.malformedResponse) = connection.send() else {
                Issue.record("the request is sent")
                return
            }
            #expect(!connection.mayHaveSent)
        }
    }

    @Test func bytesThatComeWhileNothingWasSentAreNoResponse() throws {
        try connected { connection, peer in
            try connection.finishConnecting()
            write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", to: peer)
            waitUntilReadable(connection.descriptor)
            var buffer = [UInt8](repeating: 0, count: 1000)
            guard case .failed(.malformedResponse) = connection.receive(into: &buffer) else {
                Issue.record("a response is received")
                return
            }
        }
    }
}
