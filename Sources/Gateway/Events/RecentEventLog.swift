private import Synchronization

/// The ids of the last events of one workspace: whatever configuration they were delivered to.
final class RecentEventLog: Sendable {
    /// So many ids are remembered.
    private static let capacity = 10_000

    private let ids = Mutex(RecentEventIDs(capacity: RecentEventLog.capacity))

    /// Adds an id; false if it is known.
    func insert(_ id: String) -> Bool { ids.withLock { $0.insert(id) } }
}
