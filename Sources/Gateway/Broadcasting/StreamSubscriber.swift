private import Synchronization
internal import Upstream

/// One subscriber of a broadcast.
final class StreamSubscriber: Sendable {
    /// The request of the subscriber.
    let request: any StreamRequesting
    /// The number of changes that the broadcast had seen when this subscriber joined; it receives results of later ones.
    let begunAfter: UInt64
    /// The receiver of its results.
    let outlet: StreamOutlet
    /// The calls of the broadcast before this subscriber joined.
    private let callsBefore: CallReport.Counts
    private let state = Mutex(State())

    private struct State {
        var sent = StreamedAmount()
        /// The number of calls that were made in its name.
        var ownCalls = 0
        /// Whether its results are being read; only then is its end recorded.
        var hasStarted = false
        var hasEnded = false
    }

    init(
        _ request: any StreamRequesting,
        _ outlet: StreamOutlet,
        begunAfter: UInt64,
        callsBefore: CallReport.Counts
    ) {
        (self.request, self.outlet, self.begunAfter) = (request, outlet, begunAfter)
        self.callsBefore = callsBefore
    }

    /// Passes a delivery to the receiver, if it is for this subscriber.
    func take(_ delivery: ResultDelivery) {
        if delivery.audience.contains(begunAfter) { outlet.receiver.receive(delivery.event) }
    }

    /// Notes that its results are being read, so that its end is recorded.
    func start() { state.withLock { $0.hasStarted = true } }

    /// Notes the error with which it is refused, so that its end is recorded.
    func refuse(_ code: String) {
        state.withLock { state in
            state.hasStarted = true
            state.sent.errorCodes = [code]
        }
    }

    /// Counts calls that are made in its name.
    func charge(_ calls: CallReport.Counts) {
        request.charge(calls)
        state.withLock { $0.ownCalls += calls.made }
    }

    /// Notes a result that is about to be sent.
    func note(_ result: StreamedResult) {
        state.withLock { $0.sent.add(result) }
        request.note(result)
    }

    /// Ends it; returns false if it had ended before.
    func end() -> Bool {
        state.withLock { state in
            defer { state.hasEnded = true }
            return !state.hasEnded
        }
    }

    /// Notifies the observer of the end.
    ///
    /// - Parameter calls: the calls of the broadcast.
    func recordEnd(_ calls: CallReport.Counts) {
        let (sent, ownCalls, hasStarted) = state.withLock { ($0.sent, $0.ownCalls, $0.hasStarted) }
        if hasStarted { request.end(sent, calls: calls.since(callsBefore, ownCalls: ownCalls)) }
    }
}
