private import Synchronization

/// What endpoints may know of the server that they are part of.
final class ServerState: Sendable {
    private let draining = Atomic(false)

    /// Whether the server stops, so that new requests are not welcome.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// The server begins to stop.
    func beginDraining() { draining.store(true, ordering: .relaxed) }
}
