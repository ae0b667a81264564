private import CScheduler
private import Glibc
internal import NIOCore

/// Lets other threads have the processor between the turns of an event loop that only sends stored responses.
///
/// Where more threads have work than there are processors, they wait for each other as long as a time slice of the kernel
/// lasts, some milliseconds; a turn that sends stored responses takes some tenths of one.
/// docs/decisions/2026-11-30-processor-sharing.md has what was measured.
///
/// Confined to the event loop.
final class ProcessorSharing {
    /// What the kernel does for the calling thread.
    struct Scheduler {
        /// Has those threads run first that wait for the processor.
        var yield: () -> Void
        /// Sets the time slice in nanoseconds; 0 is the kernel's own.
        var setTimeSlice: (UInt64) -> Void

        /// The kernel's own; what it does not know or allow is left undone.
        static var kernel: Scheduler {
            Scheduler(
                yield: { _ = Glibc.sched_yield() },
                setTimeSlice: { _ = scheduler_set_time_slice($0) }
            )
        }
    }

    /// How many stored responses must be sent, without a request of another kind, before the loop shares the processor.
    static let storedResponsesBefore = 64
    /// How many of these a request of another kind counts against.
    static let weightOfOthers = 8
    /// The least that Linux knows: what a yield costs, at most, beyond the time that others use.
    static let shortTimeSlice: UInt64 = 100_000

    private let eventLoop: any EventLoop
    private let scheduler: Scheduler
    /// Stored responses that weigh more than the requests of other kinds.
    private var excess = 0
    /// Whether the thread's time slice is short, and turns end with a yield.
    private var shares = false
    /// Whether this turn will.
    private var yields = false

    init(_ eventLoop: any EventLoop, _ scheduler: Scheduler = .kernel) {
        self.eventLoop = eventLoop
        self.scheduler = scheduler
    }

    /// Records that a stored response was sent; the processor is shared at the end of the turn.
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
        // Tasks run when all that has arrived has been read.
        eventLoop.assumeIsolated().execute {
            self.yields = false
            if self.shares { self.scheduler.yield() }
        }
    }

    /// Records that a request is served in another way, which needs the caches of the processor for longer.
    func didServeOtherwise() {
        guard excess > 0 else { return }
        excess = max(0, excess - Self.weightOfOthers)
        guard excess == 0, shares else { return }
        shares = false
        scheduler.setTimeSlice(0)
    }
}
