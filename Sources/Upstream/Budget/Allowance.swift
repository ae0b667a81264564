/// The kind of budget that a call is charged to.
package enum CallKind: Int, Sendable, Hashable, CaseIterable {
    case read
    case write
}

/// The calls that an upstream key may make in a minute; nil: unlimited, or to be learned.
package struct Allowance: Sendable, Hashable {
    package var readsPerMinute: Int?
    package var writesPerMinute: Int?

    package init(readsPerMinute: Int?, writesPerMinute: Int?) {
        self.readsPerMinute = readsPerMinute
        self.writesPerMinute = writesPerMinute
    }

    /// Nothing is known of a limit.
    package static let unlimited = Allowance(readsPerMinute: nil, writesPerMinute: nil)

    func limit(of kind: CallKind) -> Int? {
        switch kind {
        case .read: readsPerMinute
        case .write: writesPerMinute
        }
    }
}

/// Why a call may not be made.
package struct BudgetRefusal: Error, Sendable, Hashable {
    /// After how many seconds the budget may allow it.
    package let retryAfter: Int
    /// Whether it is not the budget's fault: who waited for the call does so no more.
    package var isCancellation = false

    /// The task that waited was cancelled.
    static let cancelled = BudgetRefusal(retryAfter: 1, isCancellation: true)
}

/// The rest of a key's budget.
package struct QuotaSnapshot: Sendable, Hashable {
    package let limit: Int?
    package let remaining: Int?
    /// Unix seconds.
    package let resetsAt: Int?
}
