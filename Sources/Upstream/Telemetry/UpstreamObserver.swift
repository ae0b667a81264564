/// Receives records of events of upstream calls, for metrics, traces and logs.
///
/// Each function is called where the event occurs, outside of all locks, and must return at once. No record shows a key in its
/// description.
package protocol UpstreamObserver: Sendable {
    /// A call has a response, or has failed.
    func callCompleted(_ record: UpstreamCallRecord)
    /// A workspace or a part of it is not called for a while, or is called again.
    func healthChanged(_ record: HealthRecord)
    /// A key's budget does not allow a call in time, or the upstream has refused one for its rate.
    func budgetExhausted(_ record: BudgetRecord)
    /// A call has waited for its key's budget.
    func budgetAwaited(_ wait: BudgetWait)
    /// The upstream does not accept a credential.
    func credentialRefused(_ record: CredentialRefusal)
    /// A response is too large to be cached.
    func responseNotCached(_ record: OversizedResponse)
}

extension UpstreamObserver {
    package func budgetAwaited(_ wait: BudgetWait) {}
    package func responseNotCached(_ record: OversizedResponse) {}
}
