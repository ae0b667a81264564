internal import Caching
internal import Gateway
internal import NIOCore
private import Synchronization

/// A cache of complete responses by the bytes of their requests: a request of the same bytes is not even parsed as HTTP.
///
/// Shared by all connections. A response is stored when a request of the same bytes is made again after the response was found to be
/// cacheable; while one is being made, equal requests wait for it.
final class RepeatedRequests: Sendable {
    private struct State: Sendable {
        var responses: SieveCache<RequestBytes, RepeatedResponse>
        var doorkeeper = Doorkeeper(capacity: 2048)
        var flights: [RequestBytes: RequestFlight] = [:]
    }

    private final class Shard: Sendable {
        let state: Mutex<State>

        init(capacity: Int) { state = Mutex(State(responses: SieveCache(maximumBytes: capacity))) }
    }

    private let shards: [Shard]
    /// The count of requests that wait, for whatever reason.
    private let inFlight: RequestsInFlight
    private let maximumWaiting: Int

    /// The number of shards, each with a lock of its own.
    private static let shardCount = 4

    /// Makes an empty cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all responses.
    ///   - maximumWaiting: the most requests that wait at a time.
    ///   - inFlight: the count of waiting requests, including those that wait for other reasons.
    init(capacity: Int, maximumWaiting: Int, inFlight: RequestsInFlight) {
        self.inFlight = inFlight
        self.maximumWaiting = maximumWaiting
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity / Self.shardCount) }
    }

    /// The status of a cache that does not exist.
    static let noUse = GatewayStatus.Cache(name: "responses_by_bytes", bytes: 0, capacity: 0)

    /// The current status.
    var use: GatewayStatus.Cache {
        let parts = shards.map { $0.state.withLock { (bytes: $0.responses.cost, capacity: $0.responses.capacity) } }
        return GatewayStatus.Cache(name: Self.noUse.name, parts: parts)
    }

    /// The response to a request of the same bytes, if it is still valid.
    func response(to request: RequestBytes) -> (response: RepeatedResponse, timeLeft: Duration)? {
        guard let response = shard(of: request).state.withLock({ $0.responses.value(for: request) }) else { return nil }
        guard let timeLeft = response.timeLeft else {
            let dropped = shard(of: request).state.withLock { $0.responses.removeValue(for: request) }
            withExtendedLifetime(dropped) {}
            return nil
        }
        return (response, timeLeft)
    }

    /// Stores the response to a request, if its bytes have come before.
    func store(_ response: HTTPResponse, to request: RequestBytes) {
        guard response.repetition?.validity != nil,
            shard(of: request).state.withLock({ $0.doorkeeper.hasSeen(request.digest) }),
            let response = RepeatedResponse(response)
        else { return }
        let own = request.compacted
        let cost = response.allocatedBytes + AllocatedBytes.object(own.bytes.capacity)
        let dropped = shard(of: own).state.withLock { $0.responses.insert(response, for: own, cost: cost + cost / 16) }
        withExtendedLifetime(dropped) {}
    }

    // MARK: - Requests in flight

    /// Counts a request that begins to wait; returns false if the limit is reached.
    func beginWaiting() -> Bool {
        if inFlight.add() <= maximumWaiting { return true }
        inFlight.remove()
        return false
    }

    /// Notes that a request no longer waits.
    func endWaiting() { inFlight.remove() }

    /// The pending execution of a request of the same bytes; nil: there is none.
    func flight(of request: RequestBytes) -> RequestFlight? {
        shard(of: request).state.withLock { $0.flights.isEmpty ? nil : $0.flights[request] }
    }

    /// Begins a flight that requests of the same bytes may join until it is complete.
    func begin(_ request: RequestBytes, _ window: SharingWindow) -> RequestFlight {
        let flight = RequestFlight(request.compacted, window, in: self)
        // A flight that can no longer be joined is replaced; requests that have joined it still get its response.
        let replaced = shard(of: request).state.withLock { $0.flights.updateValue(flight, forKey: flight.request) }
        withExtendedLifetime(replaced) {}
        return flight
    }

    /// Removes a complete flight.
    func remove(_ flight: RequestFlight) {
        shard(of: flight.request).state.withLock { state in
            if state.flights[flight.request] === flight { state.flights[flight.request] = nil }
        }
    }

    private func shard(of request: RequestBytes) -> Shard { shards[request.part(of: shards.count)] }
}
