/// Measures the consecutive stages of a request, in nanoseconds by the clock of a service.
// PERF: plain integers: copying an instant takes a call, and copying an optional one several.
struct StageClock: Sendable {
    /// The time at which the request arrived, in nanoseconds.
    let startedAt: Int64
    private(set) var durations = StageDurations()
    private var last: Int64

    /// A clock that measures nothing, as there is no observer.
    static let stopped = StageClock(startedAt: .min)

    init(startedAt: Int64) {
        self.startedAt = startedAt
        last = startedAt
    }

    /// Whether there is an observer to be notified of the request.
    var isRunning: Bool { startedAt != .min }

    /// Records the end of a stage; the durations of a stage that runs again are added.
    mutating func end(_ stage: StageDurations.Stage, at now: Int64) {
        durations[stage] = (durations[stage] ?? 0) + (now - last)
        last = now
    }
}
