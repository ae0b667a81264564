private import Synchronization

/// Counts the requests of a server that wait for something.
final class RequestsInFlight: Sendable {
    private let count = Atomic(0)

    /// Counts one more, and returns how many there are with it.
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }

    /// How many there are.
    var current: Int { count.load(ordering: .relaxed) }

    /// Counts one less.
    func remove() { count.subtract(1, ordering: .relaxed) }
}
