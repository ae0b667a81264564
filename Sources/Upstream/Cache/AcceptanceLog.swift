internal import Caching
private import Synchronization

/// Which credentials the upstream has accepted and refused of late, by its own responses to calls of theirs.
///
/// What every credential of a workspace may see is served only to one that the upstream itself has accepted; and what was
/// fetched with a credential before the upstream refused it is of no more use.
final class AcceptanceLog: Sendable {
    private struct Status: Sendable {
        /// When the latest call was sent that was accepted; nil: since the last refusal none was.
        var acceptedAt: ContinuousClock.Instant?
        /// The epoch of the last refusal; 0: there was none.
        var refusal: InvalidationLog.Epoch = 0
        /// Whether it has not been accepted since.
        var isRefused = false
    }

    private struct State {
        var statuses = SieveCache<Credential, Status>(maximumBytes: maximumBytes)
        /// The last refusal of all, so that nobody has to look where there was none.
        var lastRefusal: InvalidationLog.Epoch = 0
        /// The last refusal of those that have been dropped: all credentials count as refused before it.
        var droppedRefusal: InvalidationLog.Epoch = 0

        mutating func store(_ status: Status, for credential: Credential) {
            // Otherwise what is replaced would be among what is dropped.
            statuses.removeValue(for: credential)
            let dropped = statuses.insert(status, for: credential, cost: credential.allocatedBytes)
            droppedRefusal = dropped.map(\.refusal).reduce(droppedRefusal, max)
        }
    }

    private static let maximumBytes = 4 << 20

    private let state = Mutex(State())

    /// Notes that the upstream has accepted a credential in a call that was sent at an instant.
    func accept(_ credential: Credential, at instant: ContinuousClock.Instant) {
        state.withLock { state in
            var status = state.statuses.value(for: credential) ?? Status()
            if let known = status.acceptedAt, known >= instant { return }
            status.acceptedAt = instant
            status.isRefused = false
            state.store(status, for: credential)
        }
    }

    /// When the latest call was sent in which the upstream accepted a credential; nil if it is not known to.
    func lastAcceptance(of credential: Credential) -> ContinuousClock.Instant? {
        state.withLock { $0.statuses.value(for: credential)?.acceptedAt }
    }

    /// Notes that a credential may not see all that others may: it must be accepted anew to be shown what is shared.
    func withdraw(_ credential: Credential) {
        state.withLock { state in
            guard var status = state.statuses.value(for: credential), status.acceptedAt != nil else { return }
            status.acceptedAt = nil
            state.store(status, for: credential)
        }
    }

    /// Notes that the upstream has refused a credential: what was fetched with it before a new epoch has ended.
    ///
    /// Of one that has never been accepted nothing is noted: it has nothing to lose, and anybody could make one up.
    func refuse(_ credential: Credential, advancing epoch: () -> InvalidationLog.Epoch) {
        state.withLock { state in
            guard var status = state.statuses.value(for: credential), status.acceptedAt != nil else { return }
            status.acceptedAt = nil
            status.refusal = epoch()
            status.isRefused = true
            state.lastRefusal = max(state.lastRefusal, status.refusal)
            state.store(status, for: credential)
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
