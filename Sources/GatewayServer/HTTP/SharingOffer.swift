internal import Gateway
private import Synchronization

/// Where an endpoint offers that equal requests wait for the response to one that it begins to serve.
final class SharingOffer: Sendable {
    private let offered = Mutex<SharingWindow?>(nil)

    /// How long they may begin to wait; nil: they may not.
    var window: SharingWindow? { offered.withLock { $0 } }

    /// Offers it.
    func make(_ window: SharingWindow) { offered.withLock { $0 = window } }
}
