internal import NIOCore

/// The one timer of all connections of an event loop that may be silent for the same time.
///
/// It goes off when the first of them has been silent for that long; one of many may be noticed some hundredths of that time later.
///
/// Confined to the event loop.
final class IdleTimer {
    /// How long a connection may be silent.
    let timeout: TimeAmount
    private let eventLoop: any EventLoop
    private var watches: [ObjectIdentifier: IdleWatch] = [:]
    private var isSet = false

    /// The shortest time between two looks at all connections, as a part of the timeout.
    private static let looks: Int64 = 32

    init(timeout: TimeAmount, eventLoop: any EventLoop) {
        (self.timeout, self.eventLoop) = (timeout, eventLoop)
    }

    /// When a connection has been silent for too long of which something comes now.
    var nextDeadline: NIODeadline { eventLoop.now + timeout }

    /// Adds a connection.
    func add(_ watch: IdleWatch) {
        watches[ObjectIdentifier(watch)] = watch
        // If it is set, it goes off no later: all others were silent before.
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
