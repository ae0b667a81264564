private import Dispatch
private import Synchronization

/// Runs long computations on threads of its own, so that they delay neither connections nor other tasks.
package final class LongWorkExecutor: TaskExecutor {
    /// The executor of the process.
    package static let shared = LongWorkExecutor(threads: 2)

    private struct State {
        /// The jobs that no thread has begun, in order.
        var jobs: ArraySlice<UnownedJob> = []
        /// The queues whose thread has nothing to do.
        var idle: [DispatchQueue]
    }

    private let state: Mutex<State>

    /// Makes an executor with a number of threads: each job runs on the first one that is free.
    init(threads: Int) {
        state = Mutex(State(idle: (0..<threads).map { DispatchQueue(label: "long work \($0)") }))
    }

    /// The most operations of one request that are executed on the connection's own thread.
    package static let mostOperations = 8

    /// Runs a function on the executor if it takes long, or where the caller runs if it does not.
    package static func run<Value: Sendable>(
        ifLong takesLong: Bool,
        _ body: @Sendable () async -> Value
    ) async -> Value {
        guard takesLong else { return await body() }
        return await withTaskExecutorPreference(shared) { await body() }
    }

    /// Runs a job of a task as soon as a thread is free.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let idle = state.withLock { state in
            state.jobs.append(job)
            return state.idle.popLast()
        }
        guard let idle else { return }
        idle.async { [self] in
            while let job = nextJob(of: idle) { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    /// The next job for a queue; nil: there is none, and the queue is idle from now on.
    private func nextJob(of queue: DispatchQueue) -> UnownedJob? {
        state.withLock { state in
            if let job = state.jobs.popFirst() { return job }
            state.idle.append(queue)
            return nil
        }
    }
}
