internal import NIOCore

/// Writes the parts of a response body.
struct BodyWriter: Sendable {
    /// The error after the client has closed the connection.
    struct ClientDisconnected: Error {}

    let stream: NIOLoopBound<ResponseStream>
    let eventLoop: any EventLoop

    /// Writes a part; returns when the connection accepts the next.
    func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            eventLoop.execute { stream.value.write(bytes, continuation) }
        }
    }
}
