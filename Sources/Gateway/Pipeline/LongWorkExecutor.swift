private import Dispatch
private import Synchronization

/// Runs long computations on threads of its own, so that they delay neither connections nor other tasks.
package final class LongWorkExecutor: TaskExecutor {
    /// The executor of the process.
    package static let shared = LongWorkExecutor(threads: 2)

    private let queues: [DispatchQueue]
    private let next = Atomic<Int>(0)

    private init(threads: Int) {
        queues = (0..<threads).map { DispatchQueue(label: "long work \($0)") }
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

    /// Runs a job of a task on the next thread in turn.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let turn = next.wrappingAdd(1, ordering: .relaxed).newValue
        queues[Int(UInt(bitPattern: turn) % UInt(queues.count))].async { [self] in
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
