internal import GraphQL
private import Synchronization

/// How many calls may be begun by those who share it: one client request, or all of a batch.
///
/// What an operation takes is estimated before it begins; what the estimate does not foresee is bounded here.
package final class CallAllowance: Sendable {
    private let mostCalls: Atomic<Int>
    private let begun = Atomic(0)
    private let expected = Atomic(0)
    /// What is left to the session that the request belongs to; nil: sessions are not limited.
    package let session: SessionAllowance?

    package init(_ limit: Int = .max, session: SessionAllowance? = nil) {
        mostCalls = Atomic(limit)
        self.session = session
    }

    /// The most calls that may be begun.
    package var limit: Int { mostCalls.load(ordering: .relaxed) }

    /// How many more may be begun.
    var left: Int { min(max(0, limit - begun.load(ordering: .relaxed)), session?.remaining ?? .max) }

    /// How many more may be begun beside those that are expected.
    var room: Int {
        max(0, left - max(0, expected.load(ordering: .relaxed) - begun.load(ordering: .relaxed)))
    }

    /// Expects so many calls in all, unless more are expected already.
    package func expect(_ calls: Int) { _ = expected.max(calls, ordering: .relaxed) }

    /// Allows for so many calls in all, unless more are allowed already.
    package func raise(to limit: Int) { _ = mostCalls.max(limit, ordering: .relaxed) }

    /// Counts a call that is about to be begun; false if that is one too many.
    func begin() -> Bool {
        let isAllowed = begun.wrappingAdd(1, ordering: .relaxed).newValue <= limit
        if isAllowed, session?.begin() ?? true { return true }
        begun.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    /// Why no call may be begun.
    var failure: FieldFailure {
        if begun.load(ordering: .relaxed) < limit, let session { return session.failure }
        return .tooManyCalls(limit: limit)
    }

    /// Takes back a call that is not made after all.
    func refund() {
        begun.wrappingSubtract(1, ordering: .relaxed)
        session?.refund()
    }
}
