import Sandbox
import Synchronization

/// A clock that only tests move.
final class ManualClock: Sendable {
    private let time = Mutex(UnixTime(seconds: 1_800_000_000))

    var now: UnixTime { time.withLock { $0 } }

    func advance(seconds: Int) {
        time.withLock { $0 = UnixTime(seconds: $0.seconds + seconds) }
    }
}
