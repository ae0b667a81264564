internal import NIOCore

/// Counts how often in a row a connection was silent for a time.
///
/// Confined to the connection's event loop.
final class IdleWatch {
    private let timer: IdleTimer
    /// When the connection has been silent for too long.
    private(set) var deadline: NIODeadline
    private var expiries = 0
    private var action: ((Int) -> Void)?

    init(timeout: TimeAmount, executor: EventLoopExecutor) {
        timer = executor.share.idleTimer(timeout)
        deadline = timer.nextDeadline
    }

    /// Begins to watch; `action` gets the number of times in a row.
    func start(_ action: @escaping (Int) -> Void) {
        self.action = action
        timer.add(self)
    }

    /// Something came.
    func touch() {
        expiries = 0
        deadline = timer.nextDeadline
    }

    /// Ends the watch.
    func stop() {
        action = nil
        timer.remove(self)
    }

    /// The connection has been silent for too long.
    func expire() {
        guard let action else { return }
        expiries += 1
        deadline = timer.nextDeadline
        action(expiries)
    }
}
