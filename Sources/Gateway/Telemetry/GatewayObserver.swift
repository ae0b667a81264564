package import Upstream

/// Is notified of what the gateway does: for metrics, traces and logs.
///
/// Each function is called where it happens, outside of all locks, and must return at once. No record holds a key that shows
/// in its description.
// PERF: for objects, so that a list of observers is gone through without copies.
package protocol GatewayObserver: AnyObject, Sendable {
    /// Whether the record of an HTTP request that begins now should have what was executed for it.
    func wantsNotes() -> Bool
    /// An operation or a method call has its response.
    func requestCompleted(_ record: RequestRecord)
    /// A result of a subscription, or of a query that is followed, is sent.
    func resultStreamed(_ record: StreamedResultRecord)
    /// An HTTP request has its response, which may still be on its way to the client.
    func exchangeCompleted(_ record: ExchangeRecord)
    /// A call of the upstream has a response, or has failed.
    func upstreamCallCompleted(_ record: UpstreamCallRecord)
    /// A workspace or a part of it is not called for a while, or is called again.
    func workspaceHealthChanged(_ record: HealthRecord)
    /// A key's budget does not allow a call in time, or the upstream has refused one for its rate.
    func budgetExhausted(_ record: BudgetRecord)
    /// A call has waited for its key's budget.
    func budgetAwaited(_ wait: BudgetWait)
    /// The upstream does not accept a credential.
    func credentialRefused(_ record: CredentialRefusal)
    /// A response of the upstream is too large to be cached.
    func responseNotCached(_ record: OversizedResponse)
    /// Something that the gateway was configured with has changed while it runs.
    func configurationChanged(_ record: ConfigurationRecord)
}

// What an observer does not care for it leaves out.
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
