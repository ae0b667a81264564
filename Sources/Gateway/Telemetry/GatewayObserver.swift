package import Upstream

/// Is notified of requests, upstream calls and other events: for metrics, traces and logs.
///
/// Each function is called at the event, outside of all locks, and must return at once. No record has a key that appears
/// in its description.
// PERF: a class protocol, so that iterating over a list of observers copies nothing.
package protocol GatewayObserver: AnyObject, Sendable {
    /// Whether the record of an HTTP request that begins now should list the operations that are executed for it.
    func wantsNotes() -> Bool
    /// An operation or a method call has its response.
    func requestCompleted(_ record: RequestRecord)
    /// A result of a subscription or of a live query is sent.
    func resultStreamed(_ record: StreamedResultRecord)
    /// An HTTP request has its response, which may still be on its way to the client.
    func exchangeCompleted(_ record: ExchangeRecord)
    /// A call of the upstream has a response, or has failed.
    func upstreamCallCompleted(_ record: UpstreamCallRecord)
    /// The circuit breaker of a workspace or of a route has opened or closed.
    func workspaceHealthChanged(_ record: HealthRecord)
    /// The budget of a key does not allow a call in time, or the upstream has refused one because of its rate limit.
    func budgetExhausted(_ record: BudgetRecord)
    /// A call has waited for its key's budget.
    func budgetAwaited(_ wait: BudgetWait)
    /// The upstream does not accept a credential.
    func credentialRefused(_ record: CredentialRefusal)
    /// A response of the upstream is too large to be cached.
    func responseNotCached(_ record: OversizedResponse)
    /// A key or the configuration has changed while the gateway runs.
    func configurationChanged(_ record: ConfigurationRecord)
}

// By default an observer ignores each event.
extension GatewayObserver {
    package func wantsNotes() -> Bool { false }
    package func requestCompleted(_ record: RequestRecord) {}
    package func resultStreamed(_ record: StreamedResultRecord) {}
    package func exchangeCompleted(_ record: ExchangeRecord) {}
    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {}
    package func workspaceHealthChanged(_ record: HealthRecord) {}
    package func budgetExhausted(_ record: BudgetRecord) {}
    package func budgetAwaited(_ wait: BudgetWait) {}
    package func credentialRefused(_ record: CredentialRefusal) {}
    package func responseNotCached(_ record: OversizedResponse) {}
    package func configurationChanged(_ record: ConfigurationRecord) {}
}
