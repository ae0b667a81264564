/// A request that is being served, and what serves it.
///
/// Confined to the connection's event loop.
final class RequestInProgress {
    private let offer: CancellationOffer
    /// What serves it, once it waits for something.
    var task: Task<Void, Never>?

    init(_ offer: CancellationOffer) { self.offer = offer }

    /// Ends it, as nobody waits for the response any more, if the endpoint has offered that.
    func clientDidLeave() {
        if offer.isMade { task?.cancel() }
    }
}
