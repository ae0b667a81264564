internal import Caching
private import Synchronization

/// The sessions that have ended, also those of earlier configurations.
final class MCPEndedSessions: Sendable {
    /// The most sessions that are remembered; beyond that, some are dropped.
    static let maximum = 10_000

    private let names = Mutex(SieveCache<Int, Void>(capacity: maximum))

    /// Records the end of a session, by the hash value of its name.
    func note(_ name: Int) { names.withLock { _ = $0.insert((), for: name, cost: 1) } }

    /// Whether a session has ended.
    func contains(_ name: Int) -> Bool { names.withLock { $0.value(for: name) != nil } }
}
