private import Synchronization

/// Counts the requests of a server that wait.
final class RequestsInFlight: Sendable {
    private let count = Atomic(0)

    /// Adds one, and returns the new number.
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }

    /// The current number.
    var current: Int { count.load(ordering: .relaxed) }

    /// Subtracts one.
    func remove() { count.subtract(1, ordering: .relaxed) }
}
