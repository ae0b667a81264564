private import Synchronization

/// The value of a number that only grows, when it was last looked at.
final class LastValue: Sendable {
    private let value = Mutex(0)

    /// By how much it has grown.
    func increase(to new: Int) -> Int {
        value.withLock { value in
            defer { value = max(value, new) }
            return max(0, new - value)
        }
    }
}
