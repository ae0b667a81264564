internal import Upstream

/// Until when an equal request would get the same response again.
package struct ResponseValidity: Sendable {
    private let broker: CallBroker
    private let view: CallerView
    private let changes: UInt64
    private let expiry: ContinuousClock.Instant

    /// Makes the validity of a response from a cached result.
    init(_ key: ResultKey, freshFor: Duration, broker: CallBroker) {
        self.broker = broker
        view = key.identity.view
        changes = key.changes
        expiry = key.startedAt + freshFor
    }

    /// The memory that it takes up outside of itself.
    package var allocatedBytes: Int { view.memoryFootprint }

    /// For how long the response is still valid; nil if it is not, as it has expired or something in it may have changed.
    package var timeLeft: Duration? {
        let now = broker.now()
        guard now < expiry, view.changes(in: broker) == changes else { return nil }
        return expiry - now
    }
}
