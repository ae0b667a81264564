private import Synchronization

/// The ids of the last events of one workspace, which a reload of the configuration preserves.
final class RecentEventLog: Sendable {
    /// The number of ids that are remembered.
    private static let capacity = 10_000

    private let ids = Mutex(RecentEventIDs(capacity: RecentEventLog.capacity))

    /// Adds an id; returns false if it is known.
    func insert(_ id: String) -> Bool { ids.withLock { $0.insert(id) } }
}
