import Synchronization

/// By how much the gateway's clocks are ahead of the system's: time goes on by itself, and leaps.
final class ModelClock: Sendable {
    private let leaps = Mutex(Duration.zero)

    /// The sum of all leaps.
    var ahead: Duration { leaps.withLock { $0 } }

    /// Leaps.
    func advance(by duration: Duration) { leaps.withLock { $0 += duration } }
}
