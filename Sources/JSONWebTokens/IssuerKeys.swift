internal import Gateway
private import Synchronization

/// The keys of an issuer as they are known, fetched again when a token names another one.
package final class IssuerKeys: Sendable {
    private struct State {
        var keys = KeySet()
        var isFetching = false
        /// Whether the keys could not be had when they were last fetched.
        var hasFailed = false
        /// Those that wait for the keys being fetched.
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// When keys may be fetched because a token names an unknown one.
        var nextFetch: Int
        /// When they are fetched anyhow, so that what the issuer has withdrawn is not trusted for long.
        var nextRegularFetch: Int
    }

    /// How often keys are fetched because a token names an unknown one, in seconds: anybody can make up such tokens.
    static let interval = 30
    /// After how many seconds they are fetched again if they could not be had.
    static let retryInterval = 5
    /// The most requests that wait for keys.
    private static let maximumWaiting = 1000
    /// How often they are fetched anyhow, in seconds.
    static let regularInterval = 600

    private let fetch: @Sendable () async throws(Unreadable) -> [UInt8]
    private let now: @Sendable () -> Int
    private let run: @Sendable (@escaping @Sendable () async -> Void) -> Void
    private let log: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// Why keys cannot be had.
    package struct Unreadable: Error {
        let reason: String

        /// States a reason, as the end of a sentence.
        package init(_ reason: String) { self.reason = reason }
    }

    /// Makes keys that are not known yet.
    ///
    /// - Parameters:
    ///   - fetch: the text of the key set.
    ///   - now: the time in Unix seconds.
    ///   - run: runs what fetches; replaced in tests.
    ///   - log: is given what is wrong.
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

    /// Fetches the keys where nobody waits for them.
    ///
    /// - Parameter isForced: whether they are fetched even if that has just been done.
    package func refresh(isForced: Bool = false) {
        guard begin(isForced: isForced) else { return }
        run { [self] in await load() }
    }

    /// Fetches the keys now.
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

    /// Waits until the keys being fetched are there, or cannot be had; returns at once if none are, or too many wait already.
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

    /// The keys that may have signed a token; asks for others if there are none.
    ///
    /// - Parameter token: the token.
    /// - Returns: the keys; none: the issuer has no such key.
    /// - Throws: that the issuer's keys are being fetched, or cannot be had.
    func keys(for token: SignedToken) throws(AuthenticationFailure) -> [PublicKey] {
        let (set, isOld) = state.withLock { ($0.keys, now() >= $0.nextRegularFetch) }
        let found = set.keys(id: token.keyID, token.algorithm)
        guard found.isEmpty || isOld else { return found }
        refresh()
        guard found.isEmpty else { return found }
        // What is fetched without waiting is there already.
        let (fetched, isUnknown) = state.withLock { ($0.keys, $0.isFetching || $0.hasFailed) }
        let others = fetched.keys(id: token.keyID, token.algorithm)
        guard others.isEmpty, isUnknown else { return others }
        throw .unavailable("The issuer's keys cannot be had at present; try again in a few seconds.")
    }
}
