package import Upstream

/// Notifies several observers, in order.
// PERF: the first and a list of the others: an array's elements are retained when they are read.
package final class ObserverList: GatewayObserver {
    private let first: any GatewayObserver
    private let others: any GatewayObserver

    /// Takes no notice: the end of a list.
    private final class Nobody: GatewayObserver {}

    package init(_ observers: [any GatewayObserver]) {
        first = observers.first ?? Nobody()
        others =
            observers.count > 2 ? ObserverList(Array(observers.dropFirst())) : observers.dropFirst().first ?? Nobody()
    }

    package func wantsNotes() -> Bool {
        // Both are called, as an observer may count the calls.
        let firstWantsNotes = first.wantsNotes()
        return others.wantsNotes() || firstWantsNotes
    }

    package func requestCompleted(_ record: RequestRecord) {
        first.requestCompleted(record)
        others.requestCompleted(record)
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        first.resultStreamed(record)
        others.resultStreamed(record)
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        first.exchangeCompleted(record)
        others.exchangeCompleted(record)
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        first.upstreamCallCompleted(record)
        others.upstreamCallCompleted(record)
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        first.workspaceHealthChanged(record)
        others.workspaceHealthChanged(record)
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        first.budgetExhausted(record)
        others.budgetExhausted(record)
    }

    package func budgetAwaited(_ wait: BudgetWait) {
        first.budgetAwaited(wait)
        others.budgetAwaited(wait)
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        first.credentialRefused(record)
        others.credentialRefused(record)
    }

    package func responseNotCached(_ record: OversizedResponse) {
        first.responseNotCached(record)
        others.responseNotCached(record)
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        first.configurationChanged(record)
        others.configurationChanged(record)
    }
}
