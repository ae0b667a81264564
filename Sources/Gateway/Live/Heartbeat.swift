internal import Caching

/// Asks for signs of life again and again: proxies close what is silent.
struct Heartbeat: Sendable {
    /// A connection without events has a sign of life as often.
    private static let interval = Duration.seconds(12)

    /// The clock by which time passes.
    let scheduler: Scheduler

    /// Begins to ask.
    ///
    /// - Parameter ask: asks for a sign of life.
    /// - Returns: the task that asks until it is cancelled.
    func start(_ ask: @escaping @Sendable () -> Void) -> Task<Void, Never> {
        Task { while await scheduler.sleep(until: scheduler.now() + Self.interval) { ask() } }
    }
}
