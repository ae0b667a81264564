internal import Upstream

/// Decides whether an equal request may still get the same response.
// PERF: a class, as every stage and filter passes it on with a response.
package final class ResponseValidity: Sendable {
    private let broker: CallBroker
    private let configured: ConfiguredCredentials
    /// The revision of the configured credentials when the session was opened, as one of them may have been used.
    private let revision: UInt64
    private let view: CallerView
    private let changes: UInt64
    private let expiry: ContinuousClock.Instant

    /// Makes the validity of a response from a cached result.
    init(_ key: ResultKey, freshFor: Duration, broker: CallBroker, configured: ConfiguredCredentials) {
        self.broker = broker
        self.configured = configured
        revision = key.configuredRevision
        view = key.identity.view
        changes = key.changes
        expiry = key.startedAt + freshFor
    }

    /// The bytes of objects that it refers to.
    package var allocatedBytes: Int { view.memoryFootprint }

    /// The current time, by the clock of response ages.
    package var now: ContinuousClock.Instant { broker.now() }

    /// The time for which the response is still valid; nil: it has expired, or data in it may have changed.
    package var timeLeft: Duration? {
        let now = broker.now()
        guard now < expiry, view.changes(in: broker) == changes, configured.revision == revision else { return nil }
        return expiry - now
    }
}
