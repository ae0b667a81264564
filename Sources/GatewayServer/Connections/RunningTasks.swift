internal import NIOCore
private import Synchronization

/// Counts the tasks of a server on its event loops, which must not be shut down before the tasks end.
///
/// A request continues when its client leaves, as its calls are made already, so tasks may outlive all
/// connections.
final class RunningTasks: Sendable {
    private struct Waiting {
        var isComplete = false
        var promise: EventLoopPromise<Void>?
    }

    /// The number of tasks; the server counts as one until it stops.
    private let count = Atomic(1)
    private let waiting = Mutex(Waiting())

    /// Notes that a task begins.
    func begin() { count.add(1, ordering: .relaxed) }

    /// Notes that a task is done on its event loop.
    func end() {
        guard count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        let promise = waiting.withLock { waiting in
            waiting.isComplete = true
            return waiting.promise
        }
        promise?.succeed()
    }

    /// Notes that the server has no connections any more: from now on, only tasks begin other tasks.
    func serverDidStop() { end() }

    /// Waits, after the server has stopped, until no task is running, or until a deadline.
    func completion(until deadline: NIODeadline, on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let isComplete = waiting.withLock { waiting in
            waiting.promise = promise
            return waiting.isComplete
        }
        if isComplete { promise.succeed() }
        let limit = eventLoop.scheduleTask(deadline: deadline) { promise.succeed() }
        promise.futureResult.whenComplete { _ in limit.cancel() }
        return promise.futureResult
    }
}
