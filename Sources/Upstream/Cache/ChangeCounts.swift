private import Synchronization

/// Counts the changes of cached responses by cache scope.
///
/// Scopes share 256 counters, so that a change is sometimes counted for another scope as well; it is never missed.
final class ChangeCounts: Sendable {
    private final class Counter: Sendable {
        let number = Atomic<UInt64>(0)
    }

    private let counters = (0..<256).map { _ in Counter() }

    private func counter(of scope: CacheScope) -> Counter {
        counters[Int(UInt(bitPattern: scope.digest) % UInt(counters.count))]
    }

    /// Counts a change.
    func count(in scope: CacheScope) { counter(of: scope).number.add(1, ordering: .releasing) }

    /// The number of changes that were counted for a scope.
    func number(in scope: CacheScope) -> UInt64 { counter(of: scope).number.load(ordering: .acquiring) }
}
