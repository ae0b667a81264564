private import Synchronization

/// How many calls may be begun by those who share it: one client request, or all of a batch.
///
/// What an operation takes is estimated before it begins; what the estimate does not foresee is bounded here.
package final class CallAllowance: Sendable {
    private let mostCalls: Atomic<Int>
    private let begun = Atomic(0)

    package init(_ limit: Int = .max) {
        mostCalls = Atomic(limit)
    }

    /// The most calls that may be begun.
    package var limit: Int { mostCalls.load(ordering: .relaxed) }

    /// Allows for so many calls in all, unless more are allowed already.
    package func raise(to limit: Int) { _ = mostCalls.max(limit, ordering: .relaxed) }

    /// Counts a call that is about to be begun; false if that is one too many.
    func begin() -> Bool {
        if begun.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
        refund()
        return false
    }

    /// Takes back a call that is not made after all.
    func refund() { begun.wrappingSubtract(1, ordering: .relaxed) }
}
