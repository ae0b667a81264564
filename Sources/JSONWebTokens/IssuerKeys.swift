internal import Gateway
private import Synchronization

/// The public keys of an issuer, which are fetched regularly, and when a token names an unknown key.
package final class IssuerKeys: Sendable {
    private struct State {
        var keys = KeySet()
        var isFetching = false
        /// Whether the last fetch of the keys failed.
        var hasFailed = false
        /// The requests that wait for the keys being fetched.
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// The earliest Unix time in seconds of the next fetch, unless it is forced.
        var nextFetch: Int
        /// The Unix time in seconds from which on the keys are too old, so that a token causes a fetch even if its key is known.
        var nextRegularFetch: Int
    }

    /// The shortest time between two fetches, in seconds, because clients can invent tokens that name unknown keys.
    static let interval = 30
    /// The seconds after a failed fetch before the next one.
    static let retryInterval = 5
    /// The most requests that wait for keys.
    private static let maximumWaiting = 1000
    /// The age in seconds from which on the keys are fetched again, so that keys which the issuer has withdrawn are not trusted for long.
    static let regularInterval = 600

    private let fetch: @Sendable () async throws(Unreadable) -> [UInt8]
    private let now: @Sendable () -> Int
    private let run: @Sendable (@escaping @Sendable () async -> Void) -> Void
    private let log: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// The error of keys that cannot be fetched.
    package struct Unreadable: Error {
        let reason: String

        /// States a reason, as the end of a sentence.
        package init(_ reason: String) { self.reason = reason }
    }

    /// Makes an empty set of keys that can be fetched.
    ///
    /// - Parameters:
    ///   - fetch: returns the JSON text of the key set.
    ///   - now: the Unix time in seconds.
    ///   - run: runs a fetch in the background; replaced in tests.
    ///   - log: receives a sentence about each failed fetch.
    package init(
        fetch: @escaping @Sendable () async throws(Unreadable) -> [UInt8],
        now: @escaping @Sendable () -> Int,
        run: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void = { body in
            Task.detached { await body() }
        },
        log: @escaping @Sendable (String) -> Void
    ) {
        self.fetch = fetch
        self.now = now
        self.run = run
        self.log = log
        state = Mutex(State(nextFetch: now(), nextRegularFetch: .max))
    }

    /// Whether there are any keys.
    package var areKnown: Bool { state.withLock { !$0.keys.isEmpty } }

    /// Fetches the keys in the background, unless that is being done or has been done recently.
    ///
    /// - Parameter isForced: whether they are fetched even if that has been done recently.
    package func refresh(isForced: Bool = false) {
        guard begin(isForced: isForced) else { return }
        run { [self] in await load() }
    }

    /// Fetches the keys, and resumes the requests that wait for them.
    package func load() async {
        let keys = await read()
        let time = now()
        let waiting = state.withLock { state in
            state.isFetching = false
            state.hasFailed = keys == nil
            state.nextRegularFetch = time + Self.regularInterval
            if let keys { state.keys = keys } else { state.nextFetch = time + Self.retryInterval }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func read() async -> KeySet? {
        let reason: String
        do throws(Unreadable) {
            if let keys = KeySet(json: try await fetch()) { return keys }
            reason = "what is there is no JSON Web Key Set"
        } catch {
            reason = error.reason
        }
        let consequence = areKnown ? "those from before stay in use" : "until they can be, no token can be checked"
        log("The issuer's keys cannot be read: \(reason); \(consequence).")
        return nil
    }

    private func begin(isForced: Bool) -> Bool {
        let time = now()
        return state.withLock { state in
            guard !state.isFetching, isForced || time >= state.nextFetch else { return false }
            (state.isFetching, state.nextFetch) = (true, time + Self.interval)
            return true
        }
    }

    /// Waits for the end of a fetch; returns at once if there is none, or if too many requests wait already.
    func settle() async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.isFetching, state.waiting.count < Self.maximumWaiting else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// The keys that may have signed a token; fetches the keys if there is none among the known ones.
    ///
    /// - Parameter token: the token.
    /// - Returns: the keys; empty: the issuer has no such key.
    /// - Throws: a failure if the issuer's keys are being fetched, or cannot be fetched.
    func keys(for token: SignedToken) throws(AuthenticationFailure) -> [PublicKey] {
        let (set, isOld) = state.withLock { ($0.keys, now() >= $0.nextRegularFetch) }
        let found = set.keys(id: token.keyID, token.algorithm)
        guard found.isEmpty || isOld else { return found }
        refresh()
        guard found.isEmpty else { return found }
        // A fetch that `run` executes synchronously has ended already.
        let (fetched, isUnknown) = state.withLock { ($0.keys, $0.isFetching || $0.hasFailed) }
        let others = fetched.keys(id: token.keyID, token.algorithm)
        guard others.isEmpty, isUnknown else { return others }
        throw .unavailable("The issuer's keys cannot be had at present; try again in a few seconds.")
    }
}
