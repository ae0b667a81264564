public import Synchronization

/// The operations in flight by key, so that equal ones are executed once.
@usableFromInline
package final class SingleFlight<Key: Hashable & Sendable, Info: Sendable, Value: Sendable>: Sendable {
    /// A flight, and the information that its leader gave when it began.
    @usableFromInline
    package struct Entry: Sendable {
        @usableFromInline package let flight: Flight<Value>
        @usableFromInline package let info: Info

        @inlinable
        init(flight: Flight<Value>, info: Info) {
            self.flight = flight
            self.info = info
        }
    }

    /// Whether a caller executes the operation itself or waits for another's result.
    @usableFromInline
    package enum Membership: Sendable {
        case leader(Entry)
        case follower(Entry)
    }

    @usableFromInline
    package final class Shard: Sendable {
        @usableFromInline let entries = Mutex<[Key: Entry]>([:])

        @inlinable
        init() {}
    }

    @usableFromInline let shards: [Shard]

    /// Makes a table of shards, each with a lock of its own.
    // PERF: code of this generic type that no module of its users could see was not specialized, and took 40,000 instructions of a
    // request with 11 calls.
    @inlinable
    package init(shardCount: Int = 8) {
        shards = (0..<max(1, shardCount)).map { _ in Shard() }
    }

    /// Joins the flight for a key, or begins one.
    ///
    /// - Parameters:
    ///   - key: what names the operation.
    ///   - latestEnd: when a flight that this caller begins ends at the latest.
    ///   - info: what is to be known of a flight that this caller begins.
    ///   - mayJoin: whether a flight will do; one that will not is left to those who are on it.
    /// - Returns: whether the caller leads or follows.
    @inlinable
    package func join(
        _ key: Key,
        latestEnd: ContinuousClock.Instant,
        info: @autoclosure () -> Info,
        mayJoin: (Info) -> Bool
    ) -> Membership {
        shard(key).entries.withLock { entries in
            if let entry = entries[key], mayJoin(entry.info) { return .follower(entry) }
            let entry = Entry(flight: Flight(latestEnd: latestEnd), info: info())
            entries[key] = entry
            return .leader(entry)
        }
    }

    /// Ends a flight: a caller that comes later begins another one.
    @inlinable
    package func complete(_ entry: Entry, for key: Key, with value: Value?) {
        shard(key).entries.withLock { entries in
            if entries[key]?.flight === entry.flight { entries[key] = nil }
        }
        entry.flight.complete(value)
    }

    /// The flights that meet a condition.
    // PERF: each entity that is not cached asks for the lists in flight; nearly always there are none.
    @inlinable
    package func entries(where condition: (Key, Info) -> Bool) -> [Entry] {
        var found: [Entry] = []
        for shard in shards {
            shard.entries.withLock { entries in
                for (key, entry) in entries where condition(key, entry.info) { found.append(entry) }
            }
        }
        return found
    }

    /// The number of flights.
    package var count: Int { shards.reduce(0) { $0 + $1.entries.withLock(\.count) } }

    @inlinable
    func shard(_ key: Key) -> Shard {
        shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
    }
}
