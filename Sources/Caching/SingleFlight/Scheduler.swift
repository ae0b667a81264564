/// A clock and its timers, replaced in tests.
package struct Scheduler: Sendable {
    package typealias Instant = ContinuousClock.Instant
    /// Calls a function at an instant, once; at once if the instant has passed.
    package typealias Timer = @Sendable (Instant, @escaping @Sendable () -> Void) -> Void

    /// The current time.
    package let now: @Sendable () -> Instant
    /// Calls a function at an instant, once; at once if the instant has passed.
    package let schedule: Timer

    /// Makes a scheduler of a clock and its timers.
    package init(
        now: @escaping @Sendable () -> Instant = { ContinuousClock.now },
        schedule: @escaping Timer = Scheduler.systemTimer
    ) {
        self.now = now
        self.schedule = schedule
    }

    /// The scheduler of the system's clock and timers.
    package static let system = Scheduler()

    /// Calls a function at an instant, in a task of its own.
    package static let systemTimer: Timer = { instant, action in
        Task.detached {
            // This is real time: code that waits for an instant receives a scheduler, and tests pass one of their own. A detached task is not
            // cancelled, so that the sleep does not throw.
            try? await Task.sleep(until: instant, clock: .continuous)
            action()
        }
    }

    /// Waits until an instant; returns false, and early, if the task is cancelled.
    package func sleep(until instant: Instant) async -> Bool {
        let alarm = Flight<Bool>(latestEnd: instant)
        schedule(instant) { alarm.complete(true) }
        switch await alarm.wait(until: instant, scheduler: self) {
        case .value, .deadlinePassed: return true
        case .abandoned, .cancelled: return false
        }
    }
}
