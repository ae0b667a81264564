import Gateway
import Synchronization

/// Counts requests by the code of their first error.
final class RequestCounter: GatewayObserver {
    private let counts = Mutex<[String: Int]>([:])

    func requestCompleted(_ record: RequestRecord) {
        counts.withLock { $0[record.outcome.errorCodes.first ?? "OK", default: 0] += 1 }
    }

    /// How many requests had an error code first.
    func count(of code: String) -> Int { counts.withLock { $0[code] ?? 0 } }
}
