private import Synchronization

/// A bound on the bytes that all connections hold for one purpose.
final class ByteBudget: Sendable {
    /// The most bytes.
    let limit: Int
    private let used = Atomic(0)
    private let peak = Atomic(0)
    private let didShrink: (@Sendable () -> Void)?

    /// The smallest peak after which a release is worth returning memory to the system, in bytes.
    private static let noticeablePeak = 16 << 20

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - limit: the most bytes.
    ///   - didShrink: called when most of the bytes of the peak have been released; it must not block.
    init(limit: Int, didShrink: (@Sendable () -> Void)? = nil) {
        self.limit = limit
        self.didShrink = didShrink
    }

    /// The number of reserved bytes.
    var reserved: Int { used.load(ordering: .relaxed) }

    /// Reserves bytes; returns false, and reserves none, if they exceed the limit.
    func reserve(_ count: Int) -> Bool {
        let total = used.add(count, ordering: .relaxed).newValue
        guard total <= limit else {
            used.subtract(count, ordering: .relaxed)
            return false
        }
        peak.max(total, ordering: .relaxed)
        return true
    }

    /// Releases reserved bytes.
    func release(_ count: Int) {
        let left = used.subtract(count, ordering: .relaxed).newValue
        let highest = peak.load(ordering: .relaxed)
        guard highest >= Self.noticeablePeak, left < highest / 4 else { return }
        // One of the threads that notice it reports it.
        if peak.compareExchange(expected: highest, desired: left, ordering: .relaxed).exchanged { didShrink?() }
    }
}
