private import Synchronization

/// Allows an endpoint to offer that a request is cancelled when its client leaves, as nothing it has done would be lost.
final class CancellationOffer: Sendable {
    private let offered = Atomic(false)

    /// Whether the offer is made.
    var isMade: Bool { offered.load(ordering: .relaxed) }

    /// Makes the offer.
    func make() { offered.store(true, ordering: .relaxed) }
}
