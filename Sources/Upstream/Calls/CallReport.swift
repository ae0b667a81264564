private import Synchronization

/// Counts the calls that one client request has made and saved.
package final class CallReport: Sendable {
    /// The numbers.
    package struct Counts: Sendable, Hashable {
        /// Calls that went upstream for this request.
        package var made = 0
        /// Responses that came from the cache.
        package var cached = 0
        /// Responses that came from the cache although they were stale, as no fresh one could be had.
        package var stale = 0
        /// Calls of other requests that this one shared.
        package var shared = 0
        /// Writes that may have changed something upstream.
        package var writes = 0
        /// How long calls waited for their budget.
        package var waited: Duration = .zero
        /// For how long the response may be cached: the shortest remaining lifetime; nil: nothing was read.
        package var freshFor: Duration?
        /// Whether something was shown that may change at any time, as a budget does.
        package var isMomentary = false
        /// The age of the oldest response that was used although no fresh one could be had.
        package var staleAge: Duration?

        package init() {}

        /// Whether everything came from fresh responses, so that it is the same until one of them changes or ages.
        package var isRepeatable: Bool {
            guard let freshFor, freshFor > .zero else { return false }
            return made == 0 && shared == 0 && staleAge == nil && !isMomentary
        }
    }

    private let counts = Mutex(Counts())

    private let received = Atomic(false)

    private let log = Mutex<[CallEvent]>([])
    private let hasEvents: Bool

    /// The most events of a request that are noted.
    private static let maximumEvents = 1000

    /// Makes an empty report.
    ///
    /// - Parameter hasEvents: whether it lists what happens.
    package init(hasEvents: Bool = false) {
        self.hasEvents = hasEvents
    }

    /// What has happened so far, in the order in which it ended; nil: nobody asks for that.
    package var events: [CallEvent]? { hasEvents ? log.withLock { $0 } : nil }

    /// Notes what has happened.
    func note(_ event: @autoclosure () -> CallEvent) {
        guard hasEvents else { return }
        let event = event()
        log.withLock { if $0.count < Self.maximumEvents { $0.append(event) } }
    }

    /// Whether an upstream call of this request has had its response.
    package var hasResponse: Bool { received.load(ordering: .acquiring) }

    /// Notes that an upstream call of this request, or one that it shares, has had its response.
    func receivedResponse() { received.store(true, ordering: .releasing) }

    /// The numbers so far.
    package var current: Counts { counts.withLock { $0 } }

    func made(_ number: Int) { counts.withLock { $0.made += number } }
    func shared(_ number: Int) { counts.withLock { $0.shared += number } }
    func waited(_ duration: Duration) { counts.withLock { $0.waited += duration } }

    /// Notes a response that was used, how old it is and how old it may get.
    func used(age: Duration, policy: CachePolicy, fromCache: Bool) {
        counts.withLock { counts in
            if fromCache { counts.cached += 1 }
            let left = max(.zero, policy.maxAge - age)
            counts.freshFor = min(counts.freshFor ?? left, left)
        }
    }

    /// Notes values that an earlier request had from so many cached responses, and for how long they stay fresh.
    package func reused(responses: Int, freshFor: Duration) {
        counts.withLock { counts in
            counts.cached += responses
            counts.freshFor = min(counts.freshFor ?? freshFor, freshFor)
        }
    }

    /// Notes that something was shown that may change at any time.
    func showedMomentary() { counts.withLock { $0.isMomentary = true } }

    /// Notes a write that may have changed something upstream.
    func mayHaveWritten() { counts.withLock { $0.writes += 1 } }

    /// Notes a write: a response that reports one is not cacheable.
    func wrote() { counts.withLock { $0.freshFor = .zero } }

    /// Notes a response that was used because no fresh one could be had.
    func usedStale(age: Duration) {
        counts.withLock { counts in
            counts.cached += 1
            counts.stale += 1
            counts.freshFor = .zero
            counts.staleAge = max(counts.staleAge ?? .zero, age)
        }
    }
}
