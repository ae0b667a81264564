internal import Caching
private import Synchronization

/// The credentials that the upstream has recently accepted and refused, by its responses to their calls.
///
/// A response in the shared scope is served only to a credential that the upstream itself has accepted. A response that was fetched
/// with a credential before the upstream refused it is not used any more.
final class AcceptanceLog: Sendable {
    private struct Status: Sendable {
        /// The time at which the latest accepted call was sent; nil: none was accepted since the last refusal.
        var acceptedAt: ContinuousClock.Instant?
        /// The time at which the latest call was sent that was refused, or whose acceptance was withdrawn; nil: there was none.
        var refusedAt: ContinuousClock.Instant?
        /// The epoch of the last refusal; 0: there was none.
        var refusal: InvalidationLog.Epoch = 0
        /// Whether the credential has not been accepted since the last refusal.
        var isRefused = false
    }

    private struct State {
        var statuses = SieveCache<Credential, Status>(maximumBytes: maximumBytes)
        /// The epoch of the last refusal of any credential: later responses need no lookup.
        var lastRefusal: InvalidationLog.Epoch = 0
        /// The epoch of the last refusal of an evicted credential: all credentials count as refused before it.
        var droppedRefusal: InvalidationLog.Epoch = 0

        mutating func store(_ status: Status, for credential: Credential) {
            // Otherwise the replaced status would be among the evicted ones.
            statuses.removeValue(for: credential)
            let dropped = statuses.insert(status, for: credential, cost: credential.allocatedBytes)
            droppedRefusal = dropped.map(\.refusal).reduce(droppedRefusal, max)
        }
    }

    private static let maximumBytes = 4 << 20

    private let state = Mutex(State())

    /// Records that the upstream accepted a credential in a call that was sent at an instant.
    func accept(_ credential: Credential, at instant: ContinuousClock.Instant) {
        state.withLock { state in
            var status = state.statuses.value(for: credential) ?? Status()
            if let known = status.acceptedAt, known >= instant { return }
            // The response came late: the upstream has refused the credential since.
            if let refused = status.refusedAt, refused > instant { return }
            status.acceptedAt = instant
            status.isRefused = false
            state.store(status, for: credential)
        }
    }

    /// The time at which the latest call was sent in which the upstream accepted a credential; nil if it is not known to.
    func lastAcceptance(of credential: Credential) -> ContinuousClock.Instant? {
        state.withLock { $0.statuses.value(for: credential)?.acceptedAt }
    }

    /// Records that a credential may not see all that others may: it must be accepted anew before it gets shared responses.
    ///
    /// - Parameters:
    ///   - credential: the credential.
    ///   - instant: the time at which the call was sent that shows it.
    func withdraw(_ credential: Credential, at instant: ContinuousClock.Instant) {
        state.withLock { state in
            guard var status = state.statuses.value(for: credential) else { return }
            status.acceptedAt = nil
            status.refusedAt = max(status.refusedAt ?? instant, instant)
            state.store(status, for: credential)
        }
    }

    /// Records that the upstream has refused a credential: responses that were fetched with it before a new epoch become invalid.
    ///
    /// For a credential that has never been accepted nothing is recorded: it has no responses, and a client can invent any number.
    ///
    /// - Parameters:
    ///   - credential: the credential.
    ///   - instant: the time at which the refused call was sent.
    ///   - epoch: begins the new epoch.
    func refuse(
        _ credential: Credential,
        at instant: ContinuousClock.Instant,
        advancing epoch: () -> InvalidationLog.Epoch
    ) {
        state.withLock { state in
            guard var status = state.statuses.value(for: credential) else { return }
            status.refusedAt = max(status.refusedAt ?? instant, instant)
            defer { state.store(status, for: credential) }
            guard status.acceptedAt != nil else { return }
            status.acceptedAt = nil
            status.refusal = epoch()
            status.isRefused = true
            state.lastRefusal = max(state.lastRefusal, status.refusal)
        }
    }

    /// Whether the upstream has refused a credential that it had accepted, and has not accepted it since.
    func isRefused(_ credential: Credential) -> Bool {
        state.withLock { state in
            guard state.lastRefusal > 0 else { return false }
            return state.statuses.value(for: credential)?.isRefused ?? false
        }
    }

    /// Whether a credential has not been refused since an epoch.
    func isCurrent(_ epoch: InvalidationLog.Epoch, _ credential: Credential) -> Bool {
        state.withLock { state in
            guard epoch < state.lastRefusal else { return true }
            guard epoch >= state.droppedRefusal else { return false }
            return state.statuses.value(for: credential).map { epoch >= $0.refusal } ?? true
        }
    }
}
