private import Synchronization

/// A call that is on its way, and everyone who waits for it.
final class Flight: Sendable {
    /// What came of the call.
    struct Landing {
        let outcome: CallOutcome
        /// The age of an answer that was kept and stood in for one that could not be had.
        var staleAge: Duration?
    }

    private enum State {
        case flying([CheckedContinuation<Landing?, Never>])
        case landed(Landing?)
    }

    private let state = Mutex(State.flying([]))
    /// The writes that its answer will know of.
    let begun: WriteLedger.Moment

    init(begun: WriteLedger.Moment = 0) {
        self.begun = begun
    }

    /// Waits until the call has an outcome; nil if who leads gave up: others must make the call themselves.
    func landing() async -> Landing? {
        await withCheckedContinuation { continuation in
            let landed = state.withLock { state -> Landing?? in
                switch state {
                case .landed(let landing): return .some(landing)
                case .flying(var waiting):
                    waiting.append(continuation)
                    state = .flying(waiting)
                    return nil
                }
            }
            if let landed { continuation.resume(returning: landed) }
        }
    }

    /// Gives everyone the outcome; nil if there is none but for who leads.
    func land(_ landing: Landing?) {
        let waiting = state.withLock { state -> [CheckedContinuation<Landing?, Never>] in
            guard case .flying(let waiting) = state else { return [] }
            state = .landed(landing)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: landing) }
    }
}

/// All calls that are on their way, by what names their answer.
final class FlightTable: Sendable {
    private let shards: [Shard]

    private final class Shard: Sendable {
        let flights = Mutex<[CacheKey: Flight]>([:])
    }

    init(shardCount: Int = 8) {
        shards = (0..<shardCount).map { _ in Shard() }
    }

    /// Whether a caller must make a call itself or can wait for another's.
    enum Boarding {
        case leads(Flight)
        case joins(Flight)
    }

    /// Joins the flight for a key, or begins one.
    ///
    /// - Parameters:
    ///   - key: what names the answer.
    ///   - now: the current moment of writes.
    ///   - isCurrent: whether a flight that began at a moment knows of every write that concerns it.
    /// - Returns: which of the two; a flight that is not current is left to those who are on it.
    func board(
        _ key: CacheKey,
        now: WriteLedger.Moment,
        isCurrent: (WriteLedger.Moment) -> Bool
    ) -> Boarding {
        shard(key).flights.withLock { flights in
            if let flight = flights[key], isCurrent(flight.begun) { return .joins(flight) }
            let flight = Flight(begun: now)
            flights[key] = flight
            return .leads(flight)
        }
    }

    /// Ends a flight: who comes later begins another one.
    func land(_ flight: Flight, for key: CacheKey, _ landing: Flight.Landing?) {
        shard(key).flights.withLock { flights in
            if flights[key] === flight { flights[key] = nil }
        }
        flight.land(landing)
    }

    private func shard(_ key: CacheKey) -> Shard {
        shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
    }
}
