internal import Caching
internal import GraphQL
private import Synchronization

/// A call in flight, for callers that want the same.
final class PendingCall: Sendable {
    /// The writes that its response will know of.
    let startedAt: InvalidationLog.Epoch
    /// The credential that it is made with; nil: none.
    let credential: Credential?
    /// The type of its rows, if it is a list of entities.
    let listedType: TypeID?
    /// How urgent it is to all who wait for it.
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

    /// Whether it waits for the budget of its own credential: whoever has another need not wait with it.
    var isDelayed: Bool { isDelayedFlag.load(ordering: .acquiring) }

    /// Notes that it waits for its budget.
    func markDelayed() { isDelayedFlag.store(true, ordering: .releasing) }
}
