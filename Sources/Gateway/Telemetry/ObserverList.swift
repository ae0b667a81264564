package import Upstream

/// Notifies several observers, in order.
package struct ObserverList: GatewayObserver {
    private let observers: [any GatewayObserver]

    package init(_ observers: [any GatewayObserver]) {
        self.observers = observers
    }

    package func requestCompleted(_ record: RequestRecord) {
        for observer in observers { observer.requestCompleted(record) }
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        for observer in observers { observer.exchangeCompleted(record) }
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

    package func credentialRefused(_ record: CredentialRefusal) {
        for observer in observers { observer.credentialRefused(record) }
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        for observer in observers { observer.configurationChanged(record) }
    }
}
