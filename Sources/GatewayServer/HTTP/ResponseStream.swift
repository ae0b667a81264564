internal import NIOCore

/// A response body that is being sent on one connection.
///
/// Confined to the connection's event loop.
final class ResponseStream {
    private let outbound: OutboundQueue
    private let isChunked: Bool
    private let eventLoop: any EventLoop
    private let didWrite: @Sendable () -> Void
    private var waiting: CheckedContinuation<Void, any Error>?
    private var isCancelled = false
    private var task: Task<Void, Never>?
    /// Whether all of the body is written.
    private(set) var isComplete = false

    /// Makes a stream; `didWrite` is called on the event loop when bytes are queued.
    init(_ outbound: OutboundQueue, isChunked: Bool, eventLoop: any EventLoop, didWrite: @escaping @Sendable () -> Void)
    {
        self.outbound = outbound
        self.isChunked = isChunked
        self.eventLoop = eventLoop
        self.didWrite = didWrite
    }

    /// Starts to produce the body.
    func start(_ body: BodyStream, _ executor: EventLoopExecutor) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let writer = BodyWriter(stream: bound, eventLoop: eventLoop)
        executor.tasks.begin()
        task = Task(executorPreference: executor) {
            await body.produce(writer)
            bound.value.end()
            executor.tasks.end()
        }
    }

    /// Notes that all queued bytes have been written, so that the next part may come.
    func didDrain() {
        waiting?.resume()
        waiting = nil
    }

    /// Notes that the connection is closed.
    func cancel() {
        isCancelled = true
        waiting?.resume(throwing: BodyWriter.ClientDisconnected())
        waiting = nil
        task?.cancel()
    }

    func write(_ bytes: [UInt8], _ continuation: CheckedContinuation<Void, any Error>) {
        guard !isCancelled, waiting == nil else {
            continuation.resume(throwing: BodyWriter.ClientDisconnected())
            return
        }
        waiting = continuation
        guard !bytes.isEmpty else { return didDrain() }
        if isChunked { outbound.append(ByteBuffer(string: "\(String(bytes.count, radix: 16))\r\n")) }
        outbound.append(bytes)
        if isChunked { outbound.append(ByteBuffer(string: "\r\n")) }
        didWrite()
    }

    private func end() {
        guard !isCancelled else { return }
        isComplete = true
        if isChunked { outbound.append(ByteBuffer(string: "0\r\n\r\n")) }
        didWrite()
    }
}
