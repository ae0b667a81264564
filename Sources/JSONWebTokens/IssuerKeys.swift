private import Synchronization

/// The keys of an issuer as they are known, fetched again when a token names another one.
package final class IssuerKeys: Sendable {
    private struct State {
        var keys = KeySet()
        var isFetching = false
        /// When keys may be fetched because a token names an unknown one.
        var nextFetch: Int
        /// When they are fetched anyhow, so that what the issuer has withdrawn is not trusted for long.
        var nextRegularFetch: Int
    }

    /// How often keys are fetched because a token names an unknown one, in seconds: anybody can make up such tokens.
    static let interval = 30
    /// How often they are fetched anyhow, in seconds.
    static let regularInterval = 600

    private let fetch: @Sendable () async -> [UInt8]?
    private let now: @Sendable () -> Int
    private let run: @Sendable (@escaping @Sendable () async -> Void) -> Void
    private let log: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// Makes keys that are not known yet.
    ///
    /// - Parameters:
    ///   - fetch: the text of the key set; nil if it cannot be had.
    ///   - now: the time in Unix seconds.
    ///   - run: runs what fetches, which no request waits for; replaced in tests.
    ///   - log: is given what is wrong.
    package init(
        fetch: @escaping @Sendable () async -> [UInt8]?,
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
        let text = await fetch()
        let keys = text.flatMap { KeySet(json: $0) }
        if keys == nil { log("The issuer's keys cannot be read; those from before stay in use.") }
        let time = now()
        state.withLock { state in
            state.isFetching = false
            state.nextRegularFetch = time + Self.regularInterval
            if let keys { state.keys = keys }
        }
    }

    private func begin(isForced: Bool) -> Bool {
        let time = now()
        return state.withLock { state in
            guard !state.isFetching, isForced || time >= state.nextFetch else { return false }
            (state.isFetching, state.nextFetch) = (true, time + Self.interval)
            return true
        }
    }

    /// The keys that may have signed a token; asks for others if there are none.
    func keys(for token: SignedToken) -> [PublicKey] {
        let (set, isOld) = state.withLock { ($0.keys, now() >= $0.nextRegularFetch) }
        let found = set.keys(id: token.keyID, token.algorithm)
        guard found.isEmpty || isOld else { return found }
        refresh()
        // What is fetched without waiting is there already.
        return found.isEmpty ? state.withLock { $0.keys }.keys(id: token.keyID, token.algorithm) : found
    }
}
