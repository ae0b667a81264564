internal import NIOCore
private import Synchronization

/// Counts the tasks of a server that continue on its event loops, which must not end before them.
///
/// A request goes on when its client leaves, as its calls are spent already, so that the end of all connections is not the end
/// of all tasks.
final class RunningTasks: Sendable {
    private struct Waiting {
        var isComplete = false
        var promise: EventLoopPromise<Void>?
    }

    /// The server counts as one until it stops.
    private let count = Atomic(1)
    private let waiting = Mutex(Waiting())

    /// A task begins.
    func begin() { count.add(1, ordering: .relaxed) }

    /// A task has nothing more to do on its event loop.
    func end() {
        guard count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        let promise = waiting.withLock { waiting in
            waiting.isComplete = true
            return waiting.promise
        }
        promise?.succeed()
    }

    /// The server has no connections any more: no task begins but those of other tasks.
    func serverDidStop() { end() }

    /// Waits after the server's stop until no task is running, or until a time.
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
