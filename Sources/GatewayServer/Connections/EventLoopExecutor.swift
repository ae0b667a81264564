internal import NIOCore

/// Runs tasks on an event loop, so that a request stays on the thread of its connection.
final class EventLoopExecutor: TaskExecutor {
    /// The loop that tasks run on.
    let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
