/// A request that is being executed, with its task.
///
/// Confined to the connection's event loop.
final class RequestInProgress {
    private let offer: CancellationOffer
    /// The task that executes it, once it waits.
    var task: Task<Void, Never>?

    init(_ offer: CancellationOffer) { self.offer = offer }

    /// Cancels the request, as its client has left, if the endpoint has offered that.
    func clientDidLeave() {
        if offer.isMade { task?.cancel() }
    }
}
