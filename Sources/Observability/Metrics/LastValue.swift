private import Synchronization

/// The last value of a number that only grows.
final class LastValue: Sendable {
    private let value = Mutex(0)

    /// Sets the value, and returns by how much it has grown.
    func increase(to new: Int) -> Int {
        value.withLock { value in
            defer { value = max(value, new) }
            return max(0, new - value)
        }
    }
}
