import Dispatch
import Synchronization
import Testing

@testable import Gateway

@Suite struct LongWorkExecutorTests {
    /// The numbers of the jobs that have run, in order.
    private final class Order: Sendable {
        private let numbers = Mutex<[Int]>([])

        var all: [Int] { numbers.withLock { $0 } }

        func add(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test func aBlockedThreadHoldsUpNoOtherJob() async {
        let executor = LongWorkExecutor(threads: 2)
        let blocks = Order()
        let gate = DispatchSemaphore(value: 0)
        @Sendable func block() {
            blocks.add(1)
            gate.wait()
        }
        let blocked = Task(executorPreference: executor) { block() }
        while blocks.all.isEmpty { await Task.yield() }
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 1...100 {
                group.addTask(executorPreference: executor) {
                    await Task.yield()
                    return number
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 5050)
        gate.signal()
        await blocked.value
    }

    @Test func jobsRunInOrderOnASingleThread() async {
        let executor = LongWorkExecutor(threads: 1)
        let order = Order()
        let gate = DispatchSemaphore(value: 0)
        @Sendable func block() { gate.wait() }
        let first = Task(executorPreference: executor) { block() }
        let others = (0..<20).map { number in
            Task(executorPreference: executor) { order.add(number) }
        }
        gate.signal()
        await first.value
        for other in others { await other.value }
        #expect(order.all == Array(0..<20))
    }
}
