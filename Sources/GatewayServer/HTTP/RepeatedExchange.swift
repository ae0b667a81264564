internal import Gateway

/// An exchange whose response is sent again to requests of the same bytes, and who is notified of each.
struct RepeatedExchange: Sendable {
    private let observer: any GatewayObserver
    private let record: ExchangeRecord

    /// Has an observer notified.
    ///
    /// - Parameters:
    ///   - observer: is notified of each request that gets the response.
    ///   - record: the first of them.
    init(_ observer: any GatewayObserver, _ record: ExchangeRecord) {
        self.observer = observer
        self.record = record
    }

    /// Reports a request that has had the response.
    func note(_ repeated: RepeatedRequest) {
        var record = record
        record.id = repeated.id
        record.startedAt = repeated.startedAt
        record.duration = ContinuousClock.now - repeated.startedAt
        observer.exchangeCompleted(record)
    }
}
