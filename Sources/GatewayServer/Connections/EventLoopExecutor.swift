internal import Gateway
internal import NIOCore

/// Runs tasks on an event loop, so that a request stays on the thread of its connection.
final class EventLoopExecutor: TaskExecutor, DeliveryExecutor {
    /// The loop that tasks run on.
    let eventLoop: any EventLoop
    /// The count of tasks that run on it.
    let tasks: RunningTasks
    private let box: NIOLoopBoundBox<EventLoopShare?>

    init(_ eventLoop: any EventLoop, _ tasks: RunningTasks) {
        self.eventLoop = eventLoop
        self.tasks = tasks
        box = .makeEmptyBox(valueType: EventLoopShare.self, eventLoop: eventLoop)
    }

    /// The objects that the connections of the loop share; only read on the loop.
    var share: EventLoopShare {
        if let share = box.value { return share }
        let share = EventLoopShare(eventLoop)
        box.value = share
        return share
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }

    func deliver(_ body: @escaping @Sendable () -> Void) { eventLoop.execute(body) }

    func deliver(after delay: Duration, _ body: @escaping @Sendable () -> Void) {
        _ = eventLoop.scheduleTask(in: TimeAmount(delay), body)
    }
}
