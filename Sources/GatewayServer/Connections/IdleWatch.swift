internal import NIOCore

/// Counts how many times in a row a connection has been idle for the timeout.
///
/// Confined to the connection's event loop.
final class IdleWatch {
    private let timer: IdleTimer
    /// The instant at which the connection has been idle for the timeout.
    private(set) var deadline: NIODeadline
    private var expiries = 0
    private var action: ((Int) -> Void)?

    init(timeout: TimeAmount, executor: EventLoopExecutor) {
        timer = executor.share.idleTimer(timeout)
        deadline = timer.nextDeadline
    }

    /// Begins to watch; `action` is passed the number of timeouts in a row, from 1.
    func start(_ action: @escaping (Int) -> Void) {
        self.action = action
        timer.add(self)
    }

    /// Notes that the connection is active.
    func touch() {
        expiries = 0
        deadline = timer.nextDeadline
    }

    /// Ends the watch.
    func stop() {
        action = nil
        timer.remove(self)
    }

    /// Notes that the connection has been idle for the timeout.
    func expire() {
        guard let action else { return }
        expiries += 1
        deadline = timer.nextDeadline
        action(expiries)
    }
}
