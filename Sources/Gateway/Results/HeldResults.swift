internal import Synchronization

/// Bounds the bytes of results that are held for clients until they get more: the last ones of live queries, and those whose deferred parts are
/// pending.
final class HeldResults: Sendable {
    private let mostBytes: Atomic<Int>
    private let used = Atomic(0)

    init(limit: Int) { mostBytes = Atomic(limit) }

    /// The most bytes; a lower limit than before ends no holding.
    var limit: Int {
        get { mostBytes.load(ordering: .relaxed) }
        set { mostBytes.store(newValue, ordering: .relaxed) }
    }

    /// The bytes that are held.
    var bytes: Int { used.load(ordering: .relaxed) }

    /// The bytes of one result; its end releases them.
    final class Holding: Sendable {
        private let results: HeldResults
        private let held = Mutex(0)

        fileprivate init(_ results: HeldResults) { self.results = results }

        deinit { results.used.subtract(held.withLock { $0 }, ordering: .relaxed) }

        /// Changes the number of bytes; returns false, and changes nothing, if there would be more of all results than the limit.
        func change(to bytes: Int) -> Bool {
            held.withLock { held in
                let change = bytes - held
                let total = results.used.add(change, ordering: .relaxed).newValue
                guard change <= 0 || total <= results.limit else {
                    results.used.subtract(change, ordering: .relaxed)
                    return false
                }
                held = bytes
                return true
            }
        }
    }

    /// Begins to hold a result, without bytes as yet.
    func holding() -> Holding { Holding(self) }

    /// The error of a request whose result would exceed the limit.
    static let message =
        "The gateway holds as many results of live queries and deferred parts as it can; try again later, or select less."
}
