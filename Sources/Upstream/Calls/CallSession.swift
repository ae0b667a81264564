internal import GraphQL
private import Synchronization

/// The upstream calls of one client request: equal ones are made once.
package final class CallSession: Sendable {
    private let client: UpstreamClient
    private let credential: Credential
    private let deadline: ContinuousClock.Instant
    private let state = Mutex(State())

    private struct State {
        var entries: [Call: Entry] = [:]
        var made = 0
    }

    private enum Entry {
        /// The call is on its way; these wait for it.
        case pending([CheckedContinuation<CallOutcome, Never>])
        case done(CallOutcome)
    }

    /// Begins a client request.
    ///
    /// - Parameter deadline: when the client request must be answered.
    package init(client: UpstreamClient, credential: Credential, deadline: ContinuousClock.Instant) {
        self.client = client
        self.credential = credential
        self.deadline = deadline
    }

    /// How many calls went upstream.
    package var callsMade: Int { state.withLock { $0.made } }

    /// Makes the calls that nobody has made yet, all at once, and waits for those that are on their way.
    package func fetch(_ calls: [Call]) async -> [CallOutcome] {
        let fresh = claim(calls)
        if !fresh.isEmpty {
            let outcomes = await client.get(fresh, credential: credential, deadline: deadline)
            for (call, outcome) in zip(fresh, outcomes) { complete(call, with: outcome) }
        }
        var results: [CallOutcome] = []
        results.reserveCapacity(calls.count)
        for call in calls { results.append(await outcome(of: call)) }
        return results
    }

    /// Makes one call.
    package func fetch(_ call: Call) async -> CallOutcome {
        if !claim([call]).isEmpty {
            let outcomes = await client.get([call], credential: credential, deadline: deadline)
            for outcome in outcomes { complete(call, with: outcome) }
        }
        return await outcome(of: call)
    }

    /// Marks calls as pending and returns those that were not there before.
    private func claim(_ calls: [Call]) -> [Call] {
        state.withLock { state in
            var fresh: [Call] = []
            for call in calls where state.entries[call] == nil {
                state.entries[call] = .pending([])
                fresh.append(call)
            }
            state.made += fresh.count
            return fresh
        }
    }

    private func complete(_ call: Call, with outcome: CallOutcome) {
        let waiting = state.withLock { state -> [CheckedContinuation<CallOutcome, Never>] in
            guard case .pending(let waiting) = state.entries.updateValue(.done(outcome), forKey: call) else { return [] }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }

    private func outcome(of call: Call) async -> CallOutcome {
        if let known = known(call) { return known }
        return await withCheckedContinuation { continuation in
            let outcome = state.withLock { state -> CallOutcome? in
                switch state.entries[call] {
                case .done(let outcome): return outcome
                case .pending(var waiting):
                    waiting.append(continuation)
                    state.entries[call] = .pending(waiting)
                    return nil
                case nil:
                    return .failed(FieldFailure(.internal, "A call was awaited that nobody made."))
                }
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    private func known(_ call: Call) -> CallOutcome? {
        state.withLock { state in
            if case .done(let outcome)? = state.entries[call] { outcome } else { nil }
        }
    }
}
