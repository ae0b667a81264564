internal import Caching
internal import GraphQL
private import Synchronization

/// A call in flight that other callers may join.
final class PendingCall: Sendable {
    /// The epoch at which the call began: its response reflects earlier writes.
    let startedAt: InvalidationLog.Epoch
    /// The credential with which the call is made; nil: none.
    let credential: Credential?
    /// The type of its rows, if it is a list of entities.
    let listedType: TypeID?
    /// The urgency of the call, raised by each follower that is more urgent.
    let promotion: CallPromotion
    private let isDelayedFlag = Atomic(false)

    /// The calls in flight by cache key.
    typealias Table = SingleFlight<CacheKey, PendingCall, FlightResult>

    init(
        startedAt: InvalidationLog.Epoch,
        credential: Credential?,
        listedType: TypeID?,
        promotion: CallPromotion
    ) {
        self.promotion = promotion
        self.startedAt = startedAt
        self.credential = credential
        self.listedType = listedType
    }

    /// Whether the call waits for its own credential's budget: callers with another credential need not wait for it.
    var isDelayed: Bool { isDelayedFlag.load(ordering: .acquiring) }

    /// Records that the call waits for its budget.
    func markDelayed() { isDelayedFlag.store(true, ordering: .releasing) }
}
