private import Synchronization

/// The subscribers of a broadcast that one executor calls: what waits for them takes one turn, however many they are.
final class DeliveryGroup: Sendable {
    private struct State {
        var subscribers: [ObjectIdentifier: StreamSubscriber] = [:]
        var waiting: [ResultDelivery] = []
        /// Whether subscribers are being called, are about to be, or have a pause.
        var isBusy = false
    }

    /// So many subscribers are called in one turn: others that the executor serves have theirs in between.
    private static let subscribersPerTurn = 128
    /// More subscribers than have one turn are called again after so long: what comes meanwhile is sent to each by one system call.
    private static let pause = Duration.milliseconds(10)

    private let executor: any DeliveryExecutor
    /// Called when nothing waits any more.
    private let whenTaken: @Sendable () -> Void
    private let state = Mutex(State())

    init(_ executor: any DeliveryExecutor, whenTaken: @escaping @Sendable () -> Void) {
        (self.executor, self.whenTaken) = (executor, whenTaken)
    }

    /// How many deliveries wait.
    var waitingCount: Int { state.withLock(\.waiting.count) }

    /// One of the subscribers.
    var anySubscriber: StreamSubscriber? { state.withLock(\.subscribers.values.first) }

    /// Adds a subscriber.
    func add(_ subscriber: StreamSubscriber) {
        state.withLock { $0.subscribers[ObjectIdentifier(subscriber)] = subscriber }
    }

    /// Removes a subscriber; returns whether there are others.
    func remove(_ subscriber: StreamSubscriber) -> Bool {
        let (removed, hasOthers) = state.withLock { state in
            (state.subscribers.removeValue(forKey: ObjectIdentifier(subscriber)), !state.subscribers.isEmpty)
        }
        // Freed here, where this group's lock is not held.
        withExtendedLifetime(removed) {}
        return hasOthers
    }

    /// Hands something to the subscribers it is for, when the executor has its turn.
    func deliver(_ delivery: ResultDelivery) {
        let isFirst = state.withLock { state in
            state.waiting.append(delivery)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if isFirst { executor.deliver { self.begin() } }
    }

    /// Hands what waits to those who are subscribers now.
    private func begin() {
        let (subscribers, deliveries) = state.withLock { state in
            defer { state.waiting = [] }
            return (Array(state.subscribers.values), state.waiting)
        }
        handOver(deliveries, to: subscribers[...])
    }

    /// Begins again if something waits.
    private func goOn() {
        let isOver = state.withLock { state in
            state.isBusy = !state.waiting.isEmpty
            return !state.isBusy
        }
        if !isOver { executor.deliver { self.begin() } }
    }

    private func handOver(_ deliveries: [ResultDelivery], to subscribers: ArraySlice<StreamSubscriber>) {
        let called = subscribers.prefix(Self.subscribersPerTurn)
        // One result after the other, as receivers may share what they make of it.
        for delivery in deliveries {
            for subscriber in called { subscriber.take(delivery) }
        }
        for subscriber in called { subscriber.outlet.receiver.didReceive() }
        let rest = subscribers.dropFirst(Self.subscribersPerTurn)
        guard rest.isEmpty else {
            return executor.deliver { self.handOver(deliveries, to: rest) }
        }
        if subscribers.startIndex > 0 { executor.deliver(after: Self.pause) { self.goOn() } } else { goOn() }
        whenTaken()
    }
}
