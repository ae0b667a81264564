private import Synchronization

/// The state of the server that endpoints can see.
final class ServerState: Sendable {
    private let draining = Atomic(false)
    private let streamEnd = Mutex<(@Sendable () -> Void)?>(nil)

    /// Whether the server shuts down, so that new requests should go elsewhere.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Sets the function that ends unlimited responses, such as subscriptions, instead of the last one.
    func whenStreamsMustEnd(_ body: @escaping @Sendable () -> Void) { streamEnd.withLock { $0 = body } }

    /// Ends unlimited responses, as the server accepts no more requests.
    func endStreams() { streamEnd.withLock { $0 }?() }

    /// Notes that the server begins to shut down.
    func beginDraining() { draining.store(true, ordering: .relaxed) }
}
