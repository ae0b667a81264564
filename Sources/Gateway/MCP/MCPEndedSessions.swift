internal import Caching
private import Synchronization

/// The sessions that have ended before their clients knew, or by their clients' own wish, also under former configurations.
final class MCPEndedSessions: Sendable {
    /// So many of them are known: with the next one, the first of them is forgotten.
    static let maximum = 10_000

    private let names = Mutex(SieveCache<Int, Void>(capacity: maximum))

    /// Notes the end of a session, by the hash of its name.
    func note(_ name: Int) { names.withLock { _ = $0.insert((), for: name, cost: 1) } }

    /// Whether a session has ended.
    func contains(_ name: Int) -> Bool { names.withLock { $0.value(for: name) != nil } }
}
