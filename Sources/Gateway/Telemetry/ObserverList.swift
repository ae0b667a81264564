package import Upstream

/// Notifies several observers, in order.
package struct ObserverList: GatewayObserver {
    private let observers: [any GatewayObserver]

    package init(_ observers: [any GatewayObserver]) {
        self.observers = observers
    }

    package func wantsNotes() -> Bool {
        // Each one is asked, as it may count how often.
        observers.reduce(false) { $1.wantsNotes() || $0 }
    }

    package func requestCompleted(_ record: RequestRecord) {
        notify { $0.requestCompleted(record) }
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        notify { $0.resultStreamed(record) }
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        notify { $0.exchangeCompleted(record) }
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        notify { $0.upstreamCallCompleted(record) }
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        notify { $0.workspaceHealthChanged(record) }
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        notify { $0.budgetExhausted(record) }
    }

    package func budgetAwaited(_ wait: BudgetWait) {
        for observer in observers { observer.budgetAwaited(wait) }
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        notify { $0.credentialRefused(record) }
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        notify { $0.configurationChanged(record) }
    }

    private func notify(_ event: (any GatewayObserver) -> Void) {
        for observer in observers { event(observer) }
    }
}
