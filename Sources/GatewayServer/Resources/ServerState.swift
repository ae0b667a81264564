private import Synchronization

/// The state of the server that endpoints can see.
final class ServerState: Sendable {
    private let draining = Atomic(false)
    private let streamEnds = Mutex<[@Sendable () -> Void]>([])

    /// Whether the server stops, so that new requests are not welcome.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Calls a function when responses that have no end of their own must end.
    func whenStreamsMustEnd(_ body: @escaping @Sendable () -> Void) { streamEnds.withLock { $0.append(body) } }

    /// The server takes no more requests: responses that have no end of their own must end.
    func endStreams() {
        for end in streamEnds.withLock({ $0 }) { end() }
    }

    /// The server begins to stop.
    func beginDraining() { draining.store(true, ordering: .relaxed) }
}
