package import Upstream

/// Notifies several observers, in order.
// PERF: what each request brings is passed on by positions: an iterator would retain the list.
package final class ObserverList: GatewayObserver {
    private let observers: [any GatewayObserver]

    package init(_ observers: [any GatewayObserver]) {
        self.observers = observers
    }

    package func wantsNotes() -> Bool {
        var wantsNotes = false
        // Each one is asked, as it may count how often.
        for position in observers.indices where observers[position].wantsNotes() { wantsNotes = true }
        return wantsNotes
    }

    package func requestCompleted(_ record: RequestRecord) {
        for position in observers.indices { observers[position].requestCompleted(record) }
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        for observer in observers { observer.resultStreamed(record) }
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        for position in observers.indices { observers[position].exchangeCompleted(record) }
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        for observer in observers { observer.upstreamCallCompleted(record) }
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        for observer in observers { observer.workspaceHealthChanged(record) }
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        for observer in observers { observer.budgetExhausted(record) }
    }

    package func budgetAwaited(_ wait: BudgetWait) {
        for observer in observers { observer.budgetAwaited(wait) }
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        for observer in observers { observer.credentialRefused(record) }
    }

    package func responseNotCached(_ record: OversizedResponse) {
        for observer in observers { observer.responseNotCached(record) }
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        for observer in observers { observer.configurationChanged(record) }
    }
}
