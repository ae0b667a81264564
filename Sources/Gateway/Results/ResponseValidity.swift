internal import Upstream

/// Until when an equal request would get the same response again.
// PERF: a class, as it is handed on with a response by every stage and filter.
package final class ResponseValidity: Sendable {
    private let broker: CallBroker
    private let configured: ConfiguredCredentials
    /// That of the configured credentials, some of which the caller may have been given.
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

    /// The memory that it takes up outside of itself.
    package var allocatedBytes: Int { view.memoryFootprint }

    /// The current time, by the clock by which responses age.
    package var now: ContinuousClock.Instant { broker.now() }

    /// For how long the response is still valid; nil if it is not, as it has expired or something in it may have changed.
    package var timeLeft: Duration? {
        let now = broker.now()
        guard now < expiry, view.changes(in: broker) == changes, configured.revision == revision else { return nil }
        return expiry - now
    }
}
