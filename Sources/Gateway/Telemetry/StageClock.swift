/// Measures the stages of a request one after another, in nanoseconds by the clock of a service.
// PERF: plain numbers: an instant is copied by a call, and an optional one by several.
struct StageClock: Sendable {
    /// When the request came.
    let startedAt: Int64
    private(set) var durations = StageDurations()
    private var last: Int64

    /// Measures nothing, as nobody is to be notified.
    static let stopped = StageClock(startedAt: .min)

    init(startedAt: Int64) {
        self.startedAt = startedAt
        last = startedAt
    }

    /// Whether somebody is to be notified of the request.
    var isRunning: Bool { startedAt != .min }

    /// Notes the end of a stage; a stage that runs again takes longer.
    mutating func end(_ stage: StageDurations.Stage, at now: Int64) {
        durations[stage] = (durations[stage] ?? 0) + (now - last)
        last = now
    }
}
