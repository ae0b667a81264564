internal import NIOCore

/// Where the parts of a response body are written.
struct BodyWriter: Sendable {
    /// The client has closed the connection.
    struct ClientDisconnected: Error {}

    let stream: NIOLoopBound<ResponseStream>
    let eventLoop: any EventLoop

    /// Writes a part; returns when the connection takes more.
    func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            eventLoop.execute { stream.value.write(bytes, continuation) }
        }
    }
}
