/// An observer that ignores all records.
struct SilentUpstreamObserver: UpstreamObserver {
    func callCompleted(_ record: UpstreamCallRecord) {}
    func healthChanged(_ record: HealthRecord) {}
    func budgetExhausted(_ record: BudgetRecord) {}
    func credentialRefused(_ record: CredentialRefusal) {}
}
