internal import NIOCore

/// Counts how often in a row a connection was silent for a time: one timer for a connection, not one for each message.
///
/// Confined to the connection's event loop.
final class IdleWatch {
    private let timeout: TimeAmount
    private let eventLoop: any EventLoop
    private var deadline: NIODeadline
    private var expiries = 0
    private var timer: Scheduled<Void>?

    init(timeout: TimeAmount, eventLoop: any EventLoop) {
        self.timeout = timeout
        self.eventLoop = eventLoop
        deadline = eventLoop.now + timeout
    }

    /// Begins to watch; `action` gets the number of times in a row.
    func start(_ action: @escaping @Sendable (Int) -> Void) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        timer = eventLoop.scheduleTask(deadline: deadline) { bound.value.check(action) }
    }

    /// Something came.
    func touch() {
        expiries = 0
        deadline = eventLoop.now + timeout
    }

    /// Ends the watch.
    func stop() {
        timer?.cancel()
        timer = nil
    }

    private func check(_ action: @escaping @Sendable (Int) -> Void) {
        guard timer != nil else { return }
        if eventLoop.now >= deadline {
            expiries += 1
            deadline = eventLoop.now + timeout
            action(expiries)
        }
        if timer != nil { start(action) }
    }
}
