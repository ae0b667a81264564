private import Synchronization
internal import Upstream

/// One of those who follow a broadcast.
final class StreamSubscriber: Sendable {
    /// What it has asked for.
    let request: any StreamRequesting
    /// How many changes of the broadcast there had been before: it is shown what comes after them.
    let begunAfter: UInt64
    /// Where its results go.
    let outlet: StreamOutlet
    /// The calls of the broadcast before.
    private let callsBefore: CallReport.Counts
    private let state = Mutex(State())

    private struct State {
        var sent = StreamedAmount()
        /// The calls that were made in its name.
        var ownCalls = 0
        /// Whether somebody takes its results.
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

    /// Takes what is for it.
    func take(_ delivery: ResultDelivery) {
        if delivery.audience.contains(begunAfter) { outlet.receiver.receive(delivery.event) }
    }

    /// Notes that somebody takes its results: its end is recorded.
    func start() { state.withLock { $0.hasStarted = true } }

    /// Notes why it does not begin: its end is recorded.
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

    /// Ends it; returns whether it had not ended.
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
