/// Measures the stages of a request one after another.
struct StageClock: Sendable {
    private(set) var durations = StageDurations()
    private var last: ContinuousClock.Instant

    init(startedAt: ContinuousClock.Instant) { last = startedAt }

    /// Notes the end of a stage; a stage that runs again takes longer.
    mutating func end(_ stage: StageDurations.Stage, at now: ContinuousClock.Instant) {
        durations[stage] = (durations[stage] ?? 0) + (now - last).nanoseconds
        last = now
    }
}
