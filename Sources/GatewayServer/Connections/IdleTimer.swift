internal import NIOCore

/// The one timer of all connections of an event loop with the same idle timeout.
///
/// It fires when the first of them has been idle for that long; for others it may be late by a 32nd of the timeout.
///
/// Confined to the event loop.
final class IdleTimer {
    /// The time for which a connection may be idle.
    let timeout: TimeAmount
    private let eventLoop: any EventLoop
    private var watches: [ObjectIdentifier: IdleWatch] = [:]
    private var isSet = false

    /// The divisor of the timeout that gives the shortest time between two firings.
    private static let looks: Int64 = 32

    init(timeout: TimeAmount, eventLoop: any EventLoop) {
        (self.timeout, self.eventLoop) = (timeout, eventLoop)
    }

    /// The deadline of a connection that is active now.
    var nextDeadline: NIODeadline { eventLoop.now + timeout }

    /// Adds a connection.
    func add(_ watch: IdleWatch) {
        watches[ObjectIdentifier(watch)] = watch
        // If it is set, it fires no later: all other connections were last active before.
        if !isSet { set(watch.deadline) }
    }

    /// Removes a connection.
    func remove(_ watch: IdleWatch) { watches[ObjectIdentifier(watch)] = nil }

    private func set(_ deadline: NIODeadline) {
        isSet = true
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(deadline: deadline) { bound.value.didGoOff() }
    }

    private func didGoOff() {
        isSet = false
        let now = eventLoop.now
        for watch in watches.values where watch.deadline <= now { watch.expire() }
        guard !isSet, let next = watches.values.lazy.map(\.deadline).min() else { return }
        set(max(next, now + .nanoseconds(timeout.nanoseconds / Self.looks)))
    }
}
