internal import GraphQL
private import Synchronization

/// The number of calls that may be begun by those who share the allowance: one client request, or a whole batch.
///
/// The calls of an operation are estimated before it begins; the allowance bounds those that the estimate does not foresee.
package final class CallAllowance: Sendable {
    private let mostCalls: Atomic<Int>
    private let begun = Atomic(0)
    private let expected = Atomic(0)
    /// The allowance of the session to which the request belongs; nil: sessions are not limited.
    package let session: SessionAllowance?

    package init(_ limit: Int = .max, session: SessionAllowance? = nil) {
        mostCalls = Atomic(limit)
        self.session = session
    }

    /// The most calls that may be begun.
    package var limit: Int { mostCalls.load(ordering: .relaxed) }

    /// The number of calls that may still be begun.
    var left: Int { min(max(0, limit - begun.load(ordering: .relaxed)), session?.remaining ?? .max) }

    /// The number of calls that may still be begun in addition to the expected ones.
    var room: Int {
        max(0, left - max(0, expected.load(ordering: .relaxed) - begun.load(ordering: .relaxed)))
    }

    /// Raises the number of calls that are expected in all to at least this.
    package func expect(_ calls: Int) { _ = expected.max(calls, ordering: .relaxed) }

    /// Raises the limit to at least this number of calls in all.
    package func raise(to limit: Int) { _ = mostCalls.max(limit, ordering: .relaxed) }

    /// Counts a call that is about to be begun; returns false if it would exceed the limit.
    func begin() -> Bool {
        let isAllowed = begun.wrappingAdd(1, ordering: .relaxed).newValue <= limit
        if isAllowed, session?.begin() ?? true { return true }
        begun.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    /// The failure of a call that exceeds the limit.
    var failure: FieldFailure {
        if begun.load(ordering: .relaxed) < limit, let session { return session.failure }
        return .tooManyCalls(limit: limit)
    }

    /// Takes back a call that was counted but not made.
    func refund() {
        begun.wrappingSubtract(1, ordering: .relaxed)
        session?.refund()
    }
}
