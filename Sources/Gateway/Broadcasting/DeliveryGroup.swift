private import Synchronization

/// The subscribers of a broadcast with the same executor: all pending deliveries are handed to all of them in one turn.
final class DeliveryGroup: Sendable {
    private struct State {
        var subscribers: [ObjectIdentifier: StreamSubscriber] = [:]
        var waiting: [ResultDelivery] = []
        /// Whether subscribers are being called, are about to be, or wait for the pause to end.
        var isBusy = false
    }

    /// The most subscribers that are called in one turn, so that the executor serves others in between.
    private static let subscribersPerTurn = 128
    /// The pause after results for more subscribers than one turn takes: results of the meantime are sent to each by one system call.
    private static let pause = Duration.milliseconds(10)

    private let executor: any DeliveryExecutor
    /// Called when no deliveries are pending.
    private let whenTaken: @Sendable () -> Void
    private let state = Mutex(State())

    init(_ executor: any DeliveryExecutor, whenTaken: @escaping @Sendable () -> Void) {
        (self.executor, self.whenTaken) = (executor, whenTaken)
    }

    /// The number of pending deliveries.
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

    /// Queues a delivery for the subscribers of its audience, until the executor's next turn.
    func deliver(_ delivery: ResultDelivery) {
        let isFirst = state.withLock { state in
            state.waiting.append(delivery)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if isFirst { executor.deliver { self.begin() } }
    }

    /// Hands the pending deliveries to the present subscribers.
    private func begin() {
        let (subscribers, deliveries) = state.withLock { state in
            defer { state.waiting = [] }
            return (Array(state.subscribers.values), state.waiting)
        }
        handOver(deliveries, to: subscribers[...])
    }

    /// Begins again if deliveries are pending.
    private func goOn() {
        let isOver = state.withLock { state in
            state.isBusy = !state.waiting.isEmpty
            return !state.isBusy
        }
        if !isOver { executor.deliver { self.begin() } }
    }

    private func handOver(_ deliveries: [ResultDelivery], to subscribers: ArraySlice<StreamSubscriber>) {
        let called = subscribers.prefix(Self.subscribersPerTurn)
        // One result after the other, as receivers may share what they derive from it.
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
