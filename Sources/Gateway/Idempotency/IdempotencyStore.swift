internal import Caching
internal import Synchronization

/// The replies to writes by their idempotency keys, and the writes in progress.
///
/// A reply is stored for a time that begins with its request. If there are too many bytes, the oldest reply of the caller with the most bytes is
/// dropped: what others write makes no caller's write be executed twice.
final class IdempotencyStore<Value: Sendable>: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A write in progress.
    struct Ticket: Sendable {
        fileprivate let name: IdempotentRequest.Name
        fileprivate let owners: [ClientID]
        fileprivate let flight: Flight<Value>
    }

    /// The decision about a request.
    enum Decision: Sendable {
        /// The request is new: execute it, and call `end`.
        case execute(Ticket)
        /// It has been executed, with this reply.
        case replay(Value)
        /// It is being executed: wait for its reply.
        case wait(Flight<Value>)
        /// The key was used for a different request.
        case mismatch
    }

    private struct Entry {
        let fingerprint: String
        let startedAt: Instant
        let owners: [ClientID]
        /// The reply; nil: the write is in progress.
        var response: (value: Value, bytes: Int, number: UInt64)?
        let flight: Flight<Value>
    }

    private struct State {
        var entries: [IdempotentRequest.Name: Entry] = [:]
        /// The names of stored replies by number; later replies have greater numbers.
        var names: [UInt64: IdempotentRequest.Name] = [:]
        var oldest: UInt64 = 0
        var next: UInt64 = 0
        var bytes = 0
        var owners: [[ClientID]: Owner] = [:]
    }

    /// The stored replies of one caller.
    private struct Owner {
        /// Their numbers, in order.
        var numbers: ArraySlice<UInt64> = []
        var bytes = 0
    }

    private let state = Mutex(State())
    private let options: IdempotencyOptions

    init(_ options: IdempotencyOptions) {
        self.options = options
    }

    /// The number of stored replies.
    var count: Int { state.withLock { $0.names.count } }

    /// Looks a request up, and registers it if it is new.
    func begin(_ request: IdempotentRequest, at now: Instant) -> Decision {
        state.withLock { state in
            removeExpired(&state, at: now)
            if let entry = state.entries[request.name] {
                guard entry.fingerprint == request.fingerprint else { return .mismatch }
                return entry.response.map { .replay($0.value) } ?? .wait(entry.flight)
            }
            // Waiting requests have deadlines of their own, however long the write takes.
            let flight = Flight<Value>(latestEnd: now + .seconds(1 << 30))
            state.entries[request.name] = Entry(
                fingerprint: request.fingerprint,
                startedAt: now,
                owners: request.owners,
                response: nil,
                flight: flight
            )
            return .execute(Ticket(name: request.name, owners: request.owners, flight: flight))
        }
    }

    /// Ends a write that `begin` has registered.
    ///
    /// - Parameters:
    ///   - ticket: the write.
    ///   - response: the reply that equal requests get from now on; nil: nothing was written, so that the write may be executed again.
    ///   - bytes: the size of the reply.
    func end(_ ticket: Ticket, with response: Value?, bytes: Int) {
        state.withLock { state in
            guard let response else {
                state.entries[ticket.name] = nil
                return
            }
            let cost = bytes + Self.bytesPerEntry + ticket.name.memoryBytes
            state.entries[ticket.name]?.response = (response, cost, state.next)
            state.names[state.next] = ticket.name
            state.owners[ticket.owners, default: Owner()].numbers.append(state.next)
            state.owners[ticket.owners]?.bytes += cost
            state.next += 1
            state.bytes += cost
            // The latest stays, however large it is: it is the most likely to be requested again.
            while state.bytes > options.maximumBytes, state.names.count > 1 { removeOldestOfLargest(&state) }
        }
        ticket.flight.complete(response)
    }

    /// The bytes of an entry without its reply and its name.
    private static var bytesPerEntry: Int { 512 }

    private func removeExpired(_ state: inout State, at now: Instant) {
        while state.oldest < state.next {
            if let name = state.names[state.oldest], let entry = state.entries[name],
                entry.startedAt + options.age > now
            {
                return
            }
            removeOldest(&state)
        }
    }

    private func removeOldest(_ state: inout State) {
        remove(state.oldest, &state)
        state.oldest += 1
    }

    /// Removes the oldest reply of the caller with the most bytes, or of the next one if that has only the latest reply.
    private func removeOldestOfLargest(_ state: inout State) {
        let latest = state.next - 1
        let owner = state.owners.values.lazy.filter { $0.numbers.first != latest }.max { $0.bytes < $1.bytes }
        if let number = owner?.numbers.first { remove(number, &state) }
    }

    /// Removes a reply, which is the oldest one of its owner.
    private func remove(_ number: UInt64, _ state: inout State) {
        guard let name = state.names.removeValue(forKey: number), let entry = state.entries.removeValue(forKey: name)
        else { return }
        let bytes = entry.response?.bytes ?? 0
        state.bytes -= bytes
        guard var owner = state.owners.removeValue(forKey: entry.owners) else { return }
        owner.bytes -= bytes
        if owner.numbers.first == number { owner.numbers.removeFirst() }
        if !owner.numbers.isEmpty { state.owners[entry.owners] = owner }
    }
}
