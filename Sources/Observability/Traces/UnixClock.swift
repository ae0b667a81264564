internal import Gateway

/// Converts instants of the clock of records to Unix time.
struct UnixClock: Sendable {
    private let instant = ContinuousClock.now
    private let nanoseconds = UnixTime.nanoseconds()

    /// An instant in Unix time.
    func time(of instant: ContinuousClock.Instant) -> UnixInstant {
        let offset = (instant - self.instant).nanoseconds
        return UnixInstant(nanosecondsSinceEpoch: UInt64(max(0, Int64(nanoseconds) &+ offset)))
    }
}
