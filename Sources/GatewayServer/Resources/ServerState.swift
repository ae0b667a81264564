private import Synchronization

/// The state of the server that endpoints can see.
final class ServerState: Sendable {
    private let draining = Atomic(false)
    private let streamEnd = Mutex<(@Sendable () -> Void)?>(nil)

    /// Whether the server stops, so that new requests are not welcome.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Sets the function that ends responses which have no end of their own, in place of the one until now.
    func whenStreamsMustEnd(_ body: @escaping @Sendable () -> Void) { streamEnd.withLock { $0 = body } }

    /// The server takes no more requests: responses that have no end of their own must end.
    func endStreams() { streamEnd.withLock { $0 }?() }

    /// The server begins to stop.
    func beginDraining() { draining.store(true, ordering: .relaxed) }
}
