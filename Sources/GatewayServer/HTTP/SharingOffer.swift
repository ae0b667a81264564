internal import Gateway
private import Synchronization

/// Allows an endpoint to offer that equal requests wait for the response to one that it executes.
final class SharingOffer: Sendable {
    private let offered = Mutex<SharingWindow?>(nil)

    /// The window in which they may join; nil: they may not.
    var window: SharingWindow? { offered.withLock { $0 } }

    /// Makes the offer.
    func make(_ window: SharingWindow) { offered.withLock { $0 = window } }
}
