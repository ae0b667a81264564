import Glibc
import Synchronization

/// A server on a free loopback port that does with each connection exactly what a test says, byte by byte.
///
/// It blocks a thread for each connection and knows nothing of HTTP but where a request ends.
final class SocketServer: Sendable {
    /// What a test does with one connection; the connection is closed when it returns.
    typealias Script = @Sendable (Peer) -> Void

    /// Where the server listens.
    let port: UInt16

    private struct State {
        var requests: [ReceivedRequest] = []
        var connectionCount = 0
        var open: Set<Int32> = []
        var threads: [pthread_t] = []
        var isStopped = false
    }

    private let listener: Int32
    private let script: Script
    private let state = Mutex(State())

    /// Starts a server, and a thread that accepts connections.
    init(host: UInt32 = 0x7F00_0001, port: UInt16 = 0, _ script: @escaping Script) throws {
        self.script = script
        listener = try LoopbackSocket.listen(host: host, port: port)
        self.port = try LoopbackSocket.port(of: listener)
        startThread { server in server.acceptConnections() }
    }

    /// Starts a server that gives every request the same response and keeps its connections open.
    convenience init(answering response: [UInt8], host: UInt32 = 0x7F00_0001, port: UInt16 = 0) throws {
        try self.init(host: host, port: port) { peer in
            while peer.readRequest() != nil { peer.write(response) }
        }
    }

    /// Starts a server that gives every request the same response and keeps its connections open.
    convenience init(answering response: String, host: UInt32 = 0x7F00_0001, port: UInt16 = 0) throws {
        try self.init(answering: Array(response.utf8), host: host, port: port)
    }

    /// What has come so far.
    var requests: [ReceivedRequest] { state.withLock(\.requests) }

    /// How many connections were accepted so far.
    var connectionCount: Int { state.withLock(\.connectionCount) }

    /// The URL of a path on this server.
    func url(_ path: String = "/") -> String {
        "http://127.0.0.1:\(port)\(path)"
    }

    /// Breaks all connections, and waits until no thread of the server runs.
    func stop() {
        // A descriptor must not be closed twice: it may be another's by then.
        let threads = state.withLock { state -> [pthread_t]? in
            guard !state.isStopped else { return nil }
            state.isStopped = true
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            defer { state.threads = [] }
            return state.threads
        }
        guard let threads else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        for thread in threads { pthread_join(thread, nil) }
        // A connection that was accepted meanwhile has been shut down, and its thread ends too.
        for thread in state.withLock(\.threads) { pthread_join(thread, nil) }
        close(listener)
    }

    /// Notes what a peer has read.
    func record(_ request: ReceivedRequest) {
        state.withLock { $0.requests.append(request) }
    }

    private func acceptConnections() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            let number = state.withLock { state in
                state.connectionCount += 1
                state.open.insert(descriptor)
                if state.isStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
                return state.connectionCount
            }
            startThread { server in
                let peer = Peer(descriptor: descriptor, number: number, server: server)
                server.script(peer)
                server.state.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
    }

    private func startThread(_ body: @escaping @Sendable (SocketServer) -> Void) {
        let context = unsafe Unmanaged.passRetained(ThreadBody { [self] in body(self) }).toOpaque()
        state.withLock { state in
            var thread = pthread_t()
            // SAFETY: the thread releases its body.
            let code = unsafe pthread_create(
                &thread,
                nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                },
                context
            )
            if code == 0 { state.threads.append(thread) }
        }
    }

    private final class ThreadBody: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}

/// A request as it came.
struct ReceivedRequest: Hashable, Sendable {
    /// The number of the connection, from 1.
    var connection: Int
    /// The request line and the header fields, without the empty line.
    var head: String
    /// The content.
    var body: [UInt8]

    /// The header fields' lines.
    var lines: [Substring] { head.split(separator: "\r\n") }
}
