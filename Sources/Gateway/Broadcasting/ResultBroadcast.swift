internal import Caching
internal import GraphQL
private import Synchronization
internal import Upstream

/// The results of equal operations, each made and serialized once and delivered to all subscribers.
///
/// Results are made one after another, by a task that only exists while there are results to make. While more than a few results await the
/// turn of their receivers, no more are made: changes queue up meanwhile, and queued changes of one object are merged.
final class ResultBroadcast: Sendable {
    private struct State {
        /// Nil while results are being made.
        var source: (any ResultSource)?
        var isMaking = false
        var mustBegin = true
        /// The instant at which the timer fires; nil: none is set.
        var alarm: ContinuousClock.Instant?
        /// Whether the timer has fired.
        var isDue = false
        /// The error with which the upstream refuses the key; nil: it accepts the key, or the error has been sent.
        var refusal: FieldFailure?
        var groups: [ObjectIdentifier: DeliveryGroup] = [:]
        var subscriberCount = 0
        /// The subscriber in whose name calls are made.
        var payer: StreamSubscriber?
        var task: Task<Void, Never>?
        var calls = CallReport.Counts()
        /// Whether the only subscriber has not yet asked for the next result.
        var awaitsSubscriber: Bool
        var hasEnded = false
    }

    private enum Work {
        case begin
        case change(Change, number: UInt64)
        case due
        case refusal(FieldFailure)
        case end
    }

    /// The most changes that may be queued, and the most results for one subscriber.
    static let capacity = 256
    /// The most results that may await the turn of their receivers.
    private static let lead = 16
    /// The longest delay of a timer, which is then set again: the timer of an ended stream cannot be cancelled.
    private static let longestTimer = Duration.seconds(60)

    /// Whether the next result is made only after the only subscriber has taken the last.
    let isPaced: Bool
    private let changes: ChangeSubscription
    /// Leases that cause the upstream to be polled for changes as long as they are held.
    private let leases: [PollLease]
    private let scheduler: Scheduler
    /// Called at the end of the broadcast.
    private let whenEnded: @Sendable (ResultBroadcast) -> Void
    private let state: Mutex<State>

    init(
        _ source: some ResultSource,
        _ changes: ChangeSubscription,
        _ leases: [PollLease],
        _ scheduler: Scheduler,
        whenEnded: @escaping @Sendable (ResultBroadcast) -> Void = { _ in }
    ) {
        isPaced = source.isPaced
        // No result is made before a subscriber asks for it.
        state = Mutex(State(source: source, awaitsSubscriber: source.isPaced))
        (self.changes, self.leases, self.scheduler, self.whenEnded) = (changes, leases, scheduler, whenEnded)
        changes.whenReady { [weak self] in self?.makeResults() }
        for lease in leases { lease.whenRefused { [weak self] in self?.keyIsRefused($0) } }
    }

    private func keyIsRefused(_ refusal: FieldFailure) {
        state.withLock { $0.refusal = refusal }
        makeResults()
    }

    // MARK: - Subscribers

    /// Adds a subscriber, which receives the results from now on.
    ///
    /// - Returns: the subscriber; nil: the broadcast has ended.
    func join(_ request: any StreamRequesting, _ outlet: StreamOutlet) -> StreamSubscriber? {
        let subscriber = state.withLock { state -> StreamSubscriber? in
            guard !state.hasEnded else { return nil }
            let subscriber = StreamSubscriber(
                request,
                outlet,
                begunAfter: changes.count,
                callsBefore: state.calls
            )
            group(outlet.executor, in: &state).add(subscriber)
            state.subscriberCount += 1
            if state.payer == nil { state.payer = subscriber }
            return subscriber
        }
        makeResults()
        return subscriber
    }

    private func group(_ executor: any DeliveryExecutor, in state: inout State) -> DeliveryGroup {
        let name = ObjectIdentifier(executor)
        if let group = state.groups[name] { return group }
        let group = DeliveryGroup(executor) { [weak self] in self?.makeResults() }
        state.groups[name] = group
        return group
    }

    /// Removes a subscriber; the last one ends the broadcast.
    func leave(_ subscriber: StreamSubscriber) {
        guard subscriber.end() else { return }
        let (calls, end) = state.withLock { state -> (CallReport.Counts, End?) in
            let name = ObjectIdentifier(subscriber.outlet.executor)
            if let group = state.groups[name], !group.remove(subscriber) { state.groups[name] = nil }
            state.subscriberCount -= 1
            if state.payer === subscriber {
                state.payer = state.groups.values.lazy.compactMap(\.anySubscriber).first
            }
            // At once, so that no subscriber joins a stream that is about to end.
            return (state.calls, state.subscriberCount == 0 ? Self.end(&state) : nil)
        }
        subscriber.recordEnd(calls)
        if let end { didEnd(end) }
    }

    /// Notes that the only subscriber asks for the next result.
    func didTake() {
        guard isPaced else { return }
        state.withLock { $0.awaitsSubscriber = false }
        makeResults()
    }

    // MARK: - Results

    /// Whether there is no result to make for now.
    var isIdle: Bool {
        state.withLock { state in
            state.hasEnded || (!state.isMaking && !hasWork(state))
        }
    }

    /// Starts the task that makes the pending results, unless it runs.
    private func makeResults() {
        state.withLock { state in
            guard !state.hasEnded, !state.isMaking, state.subscriberCount > 0, mayMake(state), hasWork(state) else {
                return
            }
            state.isMaking = true
            state.task = Task { await self.makeAll() }
        }
    }

    private func hasWork(_ state: State) -> Bool {
        state.mustBegin || state.isDue || state.refusal != nil || changes.isReady
    }

    private func mayMake(_ state: State) -> Bool {
        !state.awaitsSubscriber && state.groups.values.allSatisfy { $0.waitingCount < Self.lead }
    }

    private func makeAll() async {
        // Taken out of the state, so that its contents are not copied when it changes.
        let taken = state.withLock { state in
            defer { state.source = nil }
            return state.source
        }
        guard var source = consume taken else { return }
        defer { setTimer() }
        while let (work, payer) = nextWork(source) {
            switch work {
            case .begin: for step in await source.begin() { hand(step, payer) }
            case .change(let change, let number):
                let caller = payer.request.caller
                for step in await source.steps(after: change, number: number, for: caller) { hand(step, payer) }
            case .due: for step in await source.stepsWhenDue(for: payer.request.caller) { hand(step, payer) }
            case .refusal(let refusal):
                for step in source.steps(after: refusal, for: payer.request.caller) { hand(step, payer) }
            case .end: return endForAll(payer)
            }
        }
    }

    /// The next result to make; nil: none for now.
    private func nextWork(_ source: any ResultSource) -> (work: Work, payer: StreamSubscriber)? {
        state.withLock { state in
            guard !state.hasEnded, let payer = state.payer else { return nil }
            if mayMake(state) {
                if state.mustBegin {
                    state.mustBegin = false
                    return (.begin, payer)
                }
                switch changes.next() {
                case .change(let change, let number): return (.change(change, number: number), payer)
                case .end: return (.end, payer)
                case .nothing: break
                }
                if state.isDue {
                    state.isDue = false
                    return (.due, payer)
                }
                if let refusal = state.refusal {
                    state.refusal = nil
                    return (.refusal(refusal), payer)
                }
            }
            (state.source, state.isMaking, state.task) = (source, false, nil)
            return nil
        }
    }

    /// Sets the timer for the instant at which results are due, unless it is set.
    private func setTimer() {
        let due = state.withLock { state -> ContinuousClock.Instant? in
            guard let source = state.source, !state.hasEnded, source.due != state.alarm else { return nil }
            state.alarm = source.due
            return source.due
        }
        if let due { setTimer(due) }
    }

    private func setTimer(_ due: ContinuousClock.Instant) {
        let instant = min(due, scheduler.now() + Self.longestTimer)
        scheduler.schedule(instant) { [weak self] in self?.timerDidGoOff(due) }
    }

    private func timerDidGoOff(_ due: ContinuousClock.Instant) {
        let isOver = scheduler.now() >= due
        let isSet = state.withLock { state in
            guard state.alarm == due, !state.hasEnded else { return false }
            if isOver { (state.alarm, state.isDue) = (nil, true) }
            return true
        }
        guard isSet else { return }
        if isOver { makeResults() } else { setTimer(due) }
    }

    private func hand(_ step: ResultStep, _ payer: StreamSubscriber) {
        payer.charge(step.calls)
        state.withLock { state in
            state.calls.add(step.calls)
            if isPaced, step.result != nil { state.awaitsSubscriber = true }
        }
        guard let result = step.result else { return }
        deliver(ResultDelivery(event: step.isLast ? .failure(result) : .result(result), audience: step.audience))
    }

    private func deliver(_ delivery: ResultDelivery) {
        let groups = state.withLock { Array($0.groups.values) }
        for group in groups { group.deliver(delivery) }
    }

    // MARK: - The end

    private func endForAll(_ payer: StreamSubscriber) {
        let event =
            changes.wasDropped ? StreamEvent.failure(payer.request.tooSlow) : .end(.draining)
        end()
        deliver(ResultDelivery(event: event))
    }

    /// Ends the broadcast, whatever subscribers it has.
    func end() {
        if let end = state.withLock({ Self.end(&$0) }) { didEnd(end) }
    }

    /// The task to cancel at the end.
    private struct End: Sendable {
        let task: Task<Void, Never>?
    }

    /// Marks the broadcast as ended; nil: it had ended before.
    private static func end(_ state: inout State) -> End? {
        guard !state.hasEnded else { return nil }
        let end = End(task: state.task)
        (state.hasEnded, state.task, state.source) = (true, nil, nil)
        return end
    }

    private func didEnd(_ end: End) {
        whenEnded(self)
        changes.cancel()
        for lease in leases { lease.cancel() }
        end.task?.cancel()
    }
}
