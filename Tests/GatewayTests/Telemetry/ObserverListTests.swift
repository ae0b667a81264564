import Synchronization
import Testing
import Upstream

@testable import Gateway

@Suite struct ObserverListTests {
    /// Writes down the names of the events that it is notified of.
    private final class Recorder: GatewayObserver {
        private let state = Mutex<[String]>([])
        private let name: String

        init(_ name: String) { self.name = name }

        var events: [String] { state.withLock { $0 } }

        private func note(_ event: String) { state.withLock { $0.append("\(name) \(event)") } }

        func exchangeCompleted(_ record: ExchangeRecord) { note("exchange \(record.status)") }
        func workspaceHealthChanged(_ record: HealthRecord) { note("health \(record.workspace)") }
        func budgetExhausted(_ record: BudgetRecord) { note("budget \(record.retryAfter)") }
        func credentialRefused(_ record: CredentialRefusal) { note("credential \(record.workspace)") }
        func configurationChanged(_ record: ConfigurationRecord) { note("configuration") }
    }

    @Test func eachObserverIsNotifiedOfEachEvent() {
        let recorders = [Recorder("a"), Recorder("b")]
        let list = ObserverList(recorders)
        list.exchangeCompleted(
            ExchangeRecord(
                id: nil,
                method: "GET",
                route: nil,
                status: 204,
                requestBytes: 0,
                responseBytes: nil,
                startedAt: .now,
                duration: .zero
            )
        )
        list.workspaceHealthChanged(HealthRecord(workspace: "w", subject: .workspace, pause: nil))
        list.budgetExhausted(
            BudgetRecord(requestID: nil, workspace: "w", kind: .read, cause: .noneInTime, retryAfter: 7)
        )
        list.credentialRefused(CredentialRefusal(requestID: nil, workspace: "w", credential: Credential(key: "k")))
        list.configurationChanged(.keyReplaced(path: "p"))
        for (recorder, name) in zip(recorders, ["a", "b"]) {
            let events = ["exchange 204", "health w", "budget 7", "credential w", "configuration"]
            #expect(recorder.events == events.map { "\(name) \($0)" })
        }
    }
}
