private import Synchronization

/// Counts the calls that one client request has made and saved.
package final class CallReport: Sendable {
    /// The numbers of a report.
    package struct Counts: Sendable, Hashable {
        /// Calls to the upstream that this request made.
        package var made = 0
        /// Responses that came from the cache.
        package var cached = 0
        /// The cached responses that were used although they were stale, because no fresh one could be fetched.
        package var stale = 0
        /// Calls of other requests that this one shared.
        package var shared = 0
        /// Writes that may have changed something upstream.
        package var writes = 0
        /// The time that calls waited for their budget.
        package var waited: Duration = .zero
        /// The time for which the response may be cached: the shortest remaining lifetime; nil: no response was read.
        package var freshFor: Duration?
        /// Whether the response shows a value that may change at any time, such as a budget.
        package var isMomentary = false
        /// The age of the oldest stale response that was used because no fresh one could be fetched; nil: none was.
        package var staleAge: Duration?

        package init() {}

        /// Whether all data came from fresh responses, so that the result is the same until one of them changes or becomes stale.
        package var isRepeatable: Bool {
            guard let freshFor, freshFor > .zero else { return false }
            return made == 0 && shared == 0 && staleAge == nil && !isMomentary
        }
    }

    private let counts = Mutex(Counts())

    private let received = Atomic(false)

    private let log = Mutex<[CallEvent]>([])
    private let hasEvents: Bool

    /// The most events of a request that are recorded.
    private static let maximumEvents = 1000

    /// Makes an empty report.
    ///
    /// - Parameter hasEvents: whether it records events.
    package init(hasEvents: Bool = false) {
        self.hasEvents = hasEvents
    }

    /// The events so far, in the order in which they ended; nil: they are not recorded.
    package var events: [CallEvent]? { hasEvents ? log.withLock { $0 } : nil }

    /// Records an event.
    func note(_ event: @autoclosure () -> CallEvent) {
        guard hasEvents else { return }
        let event = event()
        log.withLock { if $0.count < Self.maximumEvents { $0.append(event) } }
    }

    /// Whether an upstream call of this request has received its response.
    package var hasResponse: Bool { received.load(ordering: .acquiring) }

    /// Records that an upstream call of this request, or one that it shares, has received its response.
    func receivedResponse() { received.store(true, ordering: .releasing) }

    /// The numbers so far.
    package var current: Counts { counts.withLock { $0 } }

    /// Counts calls to the upstream that this request made.
    func made(_ number: Int) { counts.withLock { $0.made += number } }
    /// Counts calls of other requests that this one shared.
    func shared(_ number: Int) { counts.withLock { $0.shared += number } }
    /// Adds a time that a call waited for its budget.
    func waited(_ duration: Duration) { counts.withLock { $0.waited += duration } }

    /// Records the use of a response with its age, and its policy, which bounds that age.
    func used(age: Duration, policy: CachePolicy, fromCache: Bool) {
        counts.withLock { counts in
            if fromCache { counts.cached += 1 }
            let left = max(.zero, policy.maxAge - age)
            counts.freshFor = min(counts.freshFor ?? left, left)
        }
    }

    /// Records that values of an earlier request were used: how many cached responses they came from, and how long they stay fresh.
    package func reused(responses: Int, freshFor: Duration) {
        counts.withLock { counts in
            counts.cached += responses
            counts.freshFor = min(counts.freshFor ?? freshFor, freshFor)
        }
    }

    /// Records that the response shows a value that may change at any time.
    func showedMomentary() { counts.withLock { $0.isMomentary = true } }

    /// Counts a write that may have changed the upstream.
    func mayHaveWritten() { counts.withLock { $0.writes += 1 } }

    /// Records a write: a response that reports one is not cacheable.
    func wrote() { counts.withLock { $0.freshFor = .zero } }

    /// Records the use of a stale response because no fresh one could be fetched.
    func usedStale(age: Duration) {
        counts.withLock { counts in
            counts.cached += 1
            counts.stale += 1
            counts.freshFor = .zero
            counts.staleAge = max(counts.staleAge ?? .zero, age)
        }
    }
}
