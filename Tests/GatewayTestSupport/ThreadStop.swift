import Dispatch
import Synchronization

/// Stops the first thread that arrives at a place, until a test lets it continue: nothing else is done on that thread meanwhile.
package final class ThreadStop: Sendable {
    private let isStopped = Atomic(false)
    private let gate = DispatchSemaphore(value: 0)

    package init() {}

    /// Stops the thread of the first call; later calls return at once.
    package func arrive() {
        if isStopped.exchange(true, ordering: .acquiringAndReleasing) { return }
        gate.wait()
    }

    /// Waits until a thread is stopped.
    package func stopped() async {
        while !isStopped.load(ordering: .acquiring), !Task.isCancelled { await Task.yield() }
    }

    /// Lets the thread continue.
    package func goOn() { gate.signal() }
}
