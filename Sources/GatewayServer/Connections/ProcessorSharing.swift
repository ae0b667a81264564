private import CScheduler
private import Glibc
internal import NIOCore

/// Yields the processor to other threads between the turns of an event loop that only sends stored responses.
///
/// If more threads have work than there are processors, each waits for a time slice of the kernel, some milliseconds; a turn
/// that sends stored responses takes some tenths of a millisecond.
/// docs/decisions/2026-11-30-processor-sharing.md has the measurements.
///
/// Confined to the event loop.
final class ProcessorSharing {
    /// The functions of the kernel for the calling thread.
    struct Scheduler {
        /// Lets the threads run first that wait for the processor.
        var yield: () -> Void
        /// Sets the time slice in nanoseconds; 0: the kernel's default.
        var setTimeSlice: (UInt64) -> Void

        /// The functions of this kernel; those that it does not support have no effect.
        static var kernel: Scheduler {
            Scheduler(
                yield: { _ = Glibc.sched_yield() },
                setTimeSlice: { _ = scheduler_set_time_slice($0) }
            )
        }
    }

    /// The number of stored responses, without a request of another kind, after which the loop begins to yield.
    static let storedResponsesBefore = 64
    /// The number of stored responses that one request of another kind offsets.
    static let weightOfOthers = 8
    /// The shortest time slice that Linux supports, in nanoseconds: the most that a yield costs beyond the time that others use.
    static let shortTimeSlice: UInt64 = 100_000

    private let eventLoop: any EventLoop
    private let scheduler: Scheduler
    /// The number of stored responses, less those that requests of other kinds offset.
    private var excess = 0
    /// Whether the thread's time slice is short, and turns end with a yield.
    private var shares = false
    /// Whether the current turn ends with a yield.
    private var yields = false

    init(_ eventLoop: any EventLoop, _ scheduler: Scheduler = .kernel) {
        self.eventLoop = eventLoop
        self.scheduler = scheduler
    }

    /// Records that a stored response was sent, so that the turn may end with a yield.
    func didSendStoredResponse() {
        if !shares {
            excess += 1
            guard excess >= Self.storedResponsesBefore else { return }
            shares = true
            scheduler.setTimeSlice(Self.shortTimeSlice)
        }
        excess = Self.storedResponsesBefore
        guard !yields else { return }
        yields = true
        // The task runs when all bytes that have arrived have been read.
        eventLoop.assumeIsolated().execute {
            self.yields = false
            if self.shares { self.scheduler.yield() }
        }
    }

    /// Records a request of another kind, which needs the caches of the processor for longer.
    func didServeOtherwise() {
        guard excess > 0 else { return }
        excess = max(0, excess - Self.weightOfOthers)
        guard excess == 0, shares else { return }
        shares = false
        scheduler.setTimeSlice(0)
    }
}
