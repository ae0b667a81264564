internal import CoreMetrics
package import Gateway
package import Upstream

/// Counts what the gateway does.
///
/// Labels are taken from what has few values: routes, workspaces, methods, statuses and codes that the gateway knows. What
/// strangers can make up, such as operation names, methods and keys, is no label.
package final class MetricsObserver: GatewayObserver {
    private struct HTTPKey: Equatable, Sendable {
        let status: Int
        let route: String?
        let method: String
    }

    private struct HTTPInstruments: Sendable {
        let requests: Counter
        let duration: Timer
        let requestSize: Recorder
        let responseSize: Recorder
    }

    private struct OperationKey: Equatable, Sendable {
        let interface: RequestRecord.Interface
        let kind: String?
        let code: String?
    }

    private struct OperationInstruments: Sendable {
        let operations: Counter
        let duration: Timer
        let calls: Recorder
    }

    private struct CallKey: Equatable, Sendable {
        let workspace: String
        let method: String
        let outcome: String
    }

    private struct CallInstruments: Sendable {
        let calls: Counter
        let duration: Timer
        let bytes: Counter
    }

    private struct StreamKey: Equatable, Sendable {
        let interface: RequestRecord.Interface
        let kind: String
    }

    private struct LaneKey: Equatable, Sendable {
        let workspace: String
        let lane: String
    }

    private let http: LabelledTable<HTTPKey, HTTPInstruments>
    private let operations: LabelledTable<OperationKey, OperationInstruments>
    private let calls: LabelledTable<CallKey, CallInstruments>
    private let lanes: LabelledTable<LaneKey, Counter>
    private let streamed: LabelledTable<StreamKey, Counter>
    private let stages: [Timer]
    private let executed: Counter
    private let cachedResults: Counter
    private let shared: Counter
    private let without: Counter
    private let hits: Counter
    private let stale: Counter
    private let joined: Counter
    private let misses: Counter
    private let registry: MetricsRegistry

    /// Makes an observer that counts in a registry.
    package init(_ registry: MetricsRegistry) {
        self.registry = registry
        http = LabelledTable { key in
            let route = key.route ?? "other"
            return HTTPInstruments(
                requests: registry.counter(MetricCatalog.httpRequests, route, key.method, "\(key.status)"),
                duration: registry.timer(MetricCatalog.httpDuration, route),
                requestSize: registry.histogram(MetricCatalog.httpRequestSize, route),
                responseSize: registry.histogram(MetricCatalog.httpResponseSize, route)
            )
        }
        operations = LabelledTable { key in
            let (interface, kind) = (key.interface.rawValue, key.kind ?? "none")
            return OperationInstruments(
                operations: registry.counter(MetricCatalog.operations, interface, kind, key.code ?? "OK"),
                duration: registry.timer(MetricCatalog.operationDuration, interface, kind),
                calls: registry.histogram(MetricCatalog.operationCalls, interface)
            )
        }
        calls = LabelledTable { key in
            CallInstruments(
                calls: registry.counter(MetricCatalog.upstreamCalls, key.workspace, key.method, key.outcome),
                duration: registry.timer(MetricCatalog.upstreamDuration, key.workspace),
                bytes: registry.counter(MetricCatalog.upstreamBytes, key.workspace)
            )
        }
        streamed = LabelledTable {
            registry.counter(MetricCatalog.streamedResults, $0.interface.rawValue, $0.kind)
        }
        lanes = LabelledTable { registry.counter(MetricCatalog.laneCalls, $0.workspace, $0.lane) }
        stages = StageDurations.Stage.allCases.map { registry.timer(MetricCatalog.stageDuration, $0.rawValue) }
        executed = registry.counter(MetricCatalog.results, "executed")
        cachedResults = registry.counter(MetricCatalog.results, "cached")
        shared = registry.counter(MetricCatalog.results, "shared")
        without = registry.counter(MetricCatalog.results, "none")
        hits = registry.counter(MetricCatalog.lookups, "cached")
        stale = registry.counter(MetricCatalog.lookups, "stale")
        joined = registry.counter(MetricCatalog.lookups, "shared")
        misses = registry.counter(MetricCatalog.lookups, "missed")
    }

    // MARK: - Requests

    package func exchangeCompleted(_ record: ExchangeRecord) {
        let key = HTTPKey(
            status: record.status,
            route: record.route,
            method: MetricLabel.method(record.method)
        )
        http.use(key) { instruments in
            instruments.requests.increment(by: 1)
            instruments.duration.recordNanoseconds(record.duration.nanoseconds)
            instruments.requestSize.record(record.requestBytes)
            if let bytes = record.responseBytes { instruments.responseSize.record(bytes) }
        }
    }

    package func requestCompleted(_ record: RequestRecord) {
        let outcome = record.outcome
        let code = outcome.errorCodes.first.map { MetricLabel.code($0) }
        operations.use(OperationKey(interface: record.interface, kind: outcome.kind, code: code)) { instruments in
            instruments.operations.increment(by: 1)
            count(outcome.calls, instruments.calls)
            // How long a client has followed something says nothing of how fast it was served.
            guard outcome.streamedResults == nil else { return }
            instruments.duration.recordNanoseconds(record.duration.nanoseconds)
        }
        guard outcome.streamedResults == nil else { return }
        if outcome.isCachedResult {
            cachedResults.increment(by: 1)
        } else if outcome.isSharedResult {
            shared.increment(by: 1)
        } else if outcome.kind == nil {
            without.increment(by: 1)
        } else {
            executed.increment(by: 1)
        }
        for (position, stage) in StageDurations.Stage.allCases.enumerated() {
            if let nanoseconds = outcome.stages[stage] { stages[position].recordNanoseconds(nanoseconds) }
        }
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        streamed.use(StreamKey(interface: record.interface, kind: record.kind)) { $0.increment(by: 1) }
    }

    private func count(_ counts: CallReport.Counts, _ calls: Recorder) {
        calls.record(counts.made)
        if counts.cached > counts.stale { hits.increment(by: counts.cached - counts.stale) }
        if counts.stale > 0 { stale.increment(by: counts.stale) }
        if counts.shared > 0 { joined.increment(by: counts.shared) }
        if counts.made > 0 { misses.increment(by: counts.made) }
    }

    // MARK: - The upstream

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        let key = CallKey(
            workspace: record.workspace,
            method: MetricLabel.method(record.method),
            outcome: MetricLabel.outcome(record.outcome)
        )
        calls.use(key) { instruments in
            instruments.calls.increment(by: 1)
            instruments.duration.recordNanoseconds(record.duration.nanoseconds)
            if case .response(_, let bytes) = record.outcome { instruments.bytes.increment(by: bytes) }
        }
        let lane = record.priority == .interactive ? record.lane : MetricLabel.background
        lanes.use(LaneKey(workspace: record.workspace, lane: lane)) { $0.increment(by: 1) }
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        let level =
            switch record.subject {
            case .workspace: "workspace"
            case .route: "route"
            case .resource: "resource"
            }
        let state = record.pause == nil ? "closed" : "open"
        registry.counter(MetricCatalog.breakerChanges, record.workspace, level, state).increment(by: 1)
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        let cause = record.cause == .noneInTime ? "none_in_time" : "refused_by_upstream"
        registry.counter(MetricCatalog.budgetExhausted, record.workspace, MetricLabel.kind(record.kind), cause)
            .increment(by: 1)
    }

    package func budgetAwaited(_ wait: BudgetWait) {
        registry.timer(MetricCatalog.budgetWait, wait.workspace, MetricLabel.kind(wait.kind))
            .recordNanoseconds(wait.duration.nanoseconds)
        registry.timer(MetricCatalog.laneWait, wait.workspace, wait.lane).recordNanoseconds(wait.duration.nanoseconds)
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        registry.counter(MetricCatalog.credentialsRefused, record.workspace).increment(by: 1)
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        registry.counter(MetricCatalog.configurationChanges, MetricLabel.change(record)).increment(by: 1)
    }
}
