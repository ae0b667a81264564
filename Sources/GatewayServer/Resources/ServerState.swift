private import Synchronization

/// The state of the server that endpoints can see.
final class ServerState: Sendable {
    private let draining = Atomic(false)

    /// Whether the server stops, so that new requests are not welcome.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// The server begins to stop.
    func beginDraining() { draining.store(true, ordering: .relaxed) }
}
