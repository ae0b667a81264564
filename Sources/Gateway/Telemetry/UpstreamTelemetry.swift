package import Upstream

/// Forwards upstream events to an observer of the gateway.
package struct UpstreamTelemetry: UpstreamObserver {
    private let observer: any GatewayObserver

    package init(_ observer: any GatewayObserver) {
        self.observer = observer
    }

    package func callCompleted(_ record: UpstreamCallRecord) { observer.upstreamCallCompleted(record) }
    package func healthChanged(_ record: HealthRecord) { observer.workspaceHealthChanged(record) }
    package func budgetExhausted(_ record: BudgetRecord) { observer.budgetExhausted(record) }
    package func budgetAwaited(_ wait: BudgetWait) { observer.budgetAwaited(wait) }
    package func credentialRefused(_ record: CredentialRefusal) { observer.credentialRefused(record) }
    package func responseNotCached(_ record: OversizedResponse) { observer.responseNotCached(record) }
}
