private import Synchronization

/// A call that is on its way, and everyone who waits for it.
final class PendingCall: Sendable {
    /// What came of the call.
    struct FlightResult {
        let outcome: CallOutcome
        /// The age of an answer that was kept and stood in for one that could not be had.
        var staleAge: Duration?
    }

    private enum State {
        case pending([CheckedContinuation<FlightResult?, Never>])
        case completed(FlightResult?)
    }

    private let state = Mutex(State.pending([]))
    /// The writes that its answer will know of.
    let startedAt: InvalidationLog.Epoch

    init(startedAt: InvalidationLog.Epoch = 0) {
        self.startedAt = startedAt
    }

    /// Waits until the call has an outcome; nil if who leads gave up: others must make the call themselves.
    func result() async -> FlightResult? {
        await withCheckedContinuation { continuation in
            let completed = state.withLock { state -> FlightResult?? in
                switch state {
                case .completed(let result): return .some(result)
                case .pending(var waiting):
                    waiting.append(continuation)
                    state = .pending(waiting)
                    return nil
                }
            }
            if let completed { continuation.resume(returning: completed) }
        }
    }

    /// Gives everyone the outcome; nil if there is none but for who leads.
    func complete(_ result: FlightResult?) {
        let waiting = state.withLock { state -> [CheckedContinuation<FlightResult?, Never>] in
            guard case .pending(let waiting) = state else { return [] }
            state = .completed(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: result) }
    }
}

/// All calls that are on their way, by what names their answer.
final class SingleFlight: Sendable {
    private let shards: [Shard]

    private final class Shard: Sendable {
        let pendingCalls = Mutex<[CacheKey: PendingCall]>([:])
    }

    init(shardCount: Int = 8) {
        shards = (0..<shardCount).map { _ in Shard() }
    }

    /// Whether a caller must make a call itself or can wait for another's.
    enum Membership {
        case leader(PendingCall)
        case follower(PendingCall)
    }

    /// Joins the flight for a key, or begins one.
    ///
    /// - Parameters:
    ///   - key: what names the answer.
    ///   - now: the current moment of writes.
    ///   - isCurrent: whether a flight that began at a moment knows of every write that concerns it.
    /// - Returns: which of the two; a flight that is not current is left to those who are on it.
    func join(
        _ key: CacheKey,
        now: InvalidationLog.Epoch,
        isCurrent: (InvalidationLog.Epoch) -> Bool
    ) -> Membership {
        shard(key).pendingCalls.withLock { pendingCalls in
            if let pendingCall = pendingCalls[key], isCurrent(pendingCall.startedAt) { return .follower(pendingCall) }
            let pendingCall = PendingCall(startedAt: now)
            pendingCalls[key] = pendingCall
            return .leader(pendingCall)
        }
    }

    /// Ends a flight: who comes later begins another one.
    func complete(_ pendingCall: PendingCall, for key: CacheKey, _ result: PendingCall.FlightResult?) {
        shard(key).pendingCalls.withLock { pendingCalls in
            if pendingCalls[key] === pendingCall { pendingCalls[key] = nil }
        }
        pendingCall.complete(result)
    }

    private func shard(_ key: CacheKey) -> Shard {
        shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
    }
}
