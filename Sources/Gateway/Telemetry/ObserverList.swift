package import Upstream

/// Notifies several observers, in order.
package final class ObserverList: GatewayObserver {
    private let observers: [any GatewayObserver]

    package init(_ observers: [any GatewayObserver]) {
        self.observers = observers
    }

    package func wantsNotes() -> Bool {
        var wantsNotes = false
        // Each one is asked, as it may count how often.
        Self.notify(observers) { if $0.wantsNotes() { wantsNotes = true } }
        return wantsNotes
    }

    // PERF: in place: an iterator retains the list, and each observer that it reads.
    private static func notify(
        _ observers: borrowing [any GatewayObserver],
        _ notification: (any GatewayObserver) -> Void
    ) {
        let observers = observers.span
        for position in observers.indices { notification(observers[position]) }
    }

    package func requestCompleted(_ record: RequestRecord) {
        Self.notify(observers) { $0.requestCompleted(record) }
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        Self.notify(observers) { $0.resultStreamed(record) }
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        Self.notify(observers) { $0.exchangeCompleted(record) }
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        Self.notify(observers) { $0.upstreamCallCompleted(record) }
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        Self.notify(observers) { $0.workspaceHealthChanged(record) }
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        Self.notify(observers) { $0.budgetExhausted(record) }
    }

    package func budgetAwaited(_ wait: BudgetWait) {
        Self.notify(observers) { $0.budgetAwaited(wait) }
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        Self.notify(observers) { $0.credentialRefused(record) }
    }

    package func responseNotCached(_ record: OversizedResponse) {
        Self.notify(observers) { $0.responseNotCached(record) }
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        Self.notify(observers) { $0.configurationChanged(record) }
    }
}
