import Glibc
import Testing
import Upstream

/// Upstreams whose names have two addresses.
@Suite struct SeveralAddressesTests {
    /// A transport that knows 127.0.0.1 and 127.0.0.2, in this order, as the addresses of `upstream.test`.
    private func configuration(_ port: UInt16) -> CurlTransportConfiguration {
        var configuration = CurlTransportConfiguration()
        configuration.knownAddresses = ["upstream.test:\(port):127.0.0.1,127.0.0.2"]
        return configuration
    }

    @Test func theOtherIsTriedWhereTheFirstRefuses() async throws {
        try await LoopbackSocket.withClosedPort { port in
            let server = try SocketServer(answering: response("{}"), host: 0x7F00_0002, port: port)
            try await withTransport(to: server, configuration(port)) { transport in
                #expect(await transport.outcome("GET", "http://upstream.test:\(port)/") == .response(200, "{}"))
            }
        }
    }

    @Test func theOtherIsTriedWhereTheKnownOneStopsToRespond() async throws {
        // Whoever asks first finds nobody at 127.0.0.1, and learns 127.0.0.2.
        let reserved = try LoopbackSocket.bound()
        let port = try LoopbackSocket.port(of: reserved)
        let closing = try SocketServer(answering: response("1", "Connection: close"), host: 0x7F00_0002, port: port)
        let transport = try CurlTransport(configuration: configuration(port))
        let url = "http://upstream.test:\(port)/"
        #expect(await transport.outcome("GET", url) == .response(200, "1"))
        closing.stop()
        // Then that one does not respond any more, but the other does.
        let silent = try SilentListener(host: 0x7F00_0002, port: port)
        #expect(silent.port == port)
        close(reserved)
        let server = try SocketServer(answering: response("2"), port: port)
        #expect(await transport.outcome("GET", url) == .response(200, "2"))
        #expect(await transport.outcome("GET", url) == .response(200, "2"))
        await transport.shutDown()
        server.stop()
    }
}

/// A socket on a loopback address to which nobody can connect, as its queue is full.
final class SilentListener: Sendable {
    /// Where it listens.
    let port: UInt16

    private let descriptor: Int32
    private let waiting: [Int32]

    init(host: UInt32 = 0x7F00_0001, port: UInt16 = 0) throws {
        descriptor = try LoopbackSocket.bound(host: host, port: port)
        guard listen(descriptor, 0) == 0 else { throw LoopbackSocket.Failure(function: "listen", code: errno) }
        self.port = try LoopbackSocket.port(of: descriptor)
        var waiting: [Int32] = []
        for _ in 0..<4 {
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            let client = socket(AF_INET, type, 0)
            unsafe LoopbackSocket.withAddress(host, self.port) { address, size in
                _ = unsafe connect(client, address, size)
            }
            waiting.append(client)
        }
        self.waiting = waiting
    }

    deinit {
        for descriptor in waiting + [descriptor] { close(descriptor) }
    }
}
