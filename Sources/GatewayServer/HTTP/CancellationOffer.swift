private import Synchronization

/// Where an endpoint offers that a request ends when its client leaves: nothing that it has done would be lost.
final class CancellationOffer: Sendable {
    private let offered = Atomic(false)

    /// Whether it is offered.
    var isMade: Bool { offered.load(ordering: .relaxed) }

    /// Offers it.
    func make() { offered.store(true, ordering: .relaxed) }
}
