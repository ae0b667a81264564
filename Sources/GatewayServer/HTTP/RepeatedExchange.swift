internal import Gateway

/// The record of an exchange whose response is sent again to requests of the same bytes, and its observer.
struct RepeatedExchange: Sendable {
    private let observer: any GatewayObserver
    private let record: ExchangeRecord

    /// Makes the record of an exchange.
    ///
    /// - Parameters:
    ///   - observer: is notified of each request that gets the response.
    ///   - record: the record of the first request.
    init(_ observer: any GatewayObserver, _ record: ExchangeRecord) {
        self.observer = observer
        self.record = record
    }

    /// Reports a request that has got the response.
    func note(_ repeated: RepeatedRequest) {
        var record = record
        record.id = repeated.id
        record.startedAt = repeated.startedAt
        record.duration = ContinuousClock.now - repeated.startedAt
        observer.exchangeCompleted(record)
    }
}
