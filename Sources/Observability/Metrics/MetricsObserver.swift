internal import CoreMetrics
package import Gateway
package import Upstream

/// Counts the events of the gateway.
///
/// Labels have few values: routes, workspaces, methods, statuses and codes that the gateway knows. Texts that clients can make up,
/// such as operation names, methods and keys, are not labels.
package final class MetricsObserver: GatewayObserver {
    private struct HTTPKey: Equatable, Sendable {
        let status: Int
        let route: String?
        let method: String
    }

    private final class HTTPInstruments: Sendable {
        let requests: CounterSeries
        let duration: HistogramSeries
        let requestSize: HistogramSeries
        let responseSize: HistogramSeries

        init(_ key: HTTPKey, _ registry: MetricsRegistry) {
            let route = key.route ?? "other"
            requests = registry.counterSeries(MetricCatalog.httpRequests, route, key.method, "\(key.status)")
            duration = registry.timerSeries(MetricCatalog.httpDuration, route)
            requestSize = registry.histogramSeries(MetricCatalog.httpRequestSize, route)
            responseSize = registry.histogramSeries(MetricCatalog.httpResponseSize, route)
        }

        func count(_ record: ExchangeRecord, shard: Int) {
            requests.increment(by: 1, shard: shard)
            duration.record(record.duration.nanoseconds, shard: shard)
            requestSize.record(Int64(record.requestBytes), shard: shard)
            if let bytes = record.responseBytes { responseSize.record(Int64(bytes), shard: shard) }
        }
    }

    private struct OperationKey: Equatable, Sendable {
        let interface: RequestRecord.Interface
        let kind: String?
        let code: String?
    }

    private final class OperationInstruments: Sendable {
        let operations: CounterSeries
        let duration: HistogramSeries
        let calls: HistogramSeries

        init(_ key: OperationKey, _ registry: MetricsRegistry) {
            let (interface, kind) = (key.interface.rawValue, key.kind ?? "none")
            operations = registry.counterSeries(MetricCatalog.operations, interface, kind, key.code ?? "OK")
            duration = registry.timerSeries(MetricCatalog.operationDuration, interface, kind)
            calls = registry.histogramSeries(MetricCatalog.operationCalls, interface)
        }

        func count(_ record: RequestRecord, shard: Int) {
            operations.increment(by: 1, shard: shard)
            calls.record(Int64(record.outcome.calls.made), shard: shard)
            // The duration of a stream says nothing about the speed of the gateway.
            if record.outcome.streamedResults == nil { duration.record(record.duration.nanoseconds, shard: shard) }
        }
    }

    private struct CallKey: Equatable, Sendable {
        let workspace: String
        let method: String
        let outcome: String
    }

    private final class CallInstruments: Sendable {
        let calls: CounterSeries
        let duration: HistogramSeries
        let bytes: CounterSeries

        init(_ key: CallKey, _ registry: MetricsRegistry) {
            calls = registry.counterSeries(MetricCatalog.upstreamCalls, key.workspace, key.method, key.outcome)
            duration = registry.timerSeries(MetricCatalog.upstreamDuration, key.workspace)
            bytes = registry.counterSeries(MetricCatalog.upstreamBytes, key.workspace)
        }
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
    private let lanes: LabelledTable<LaneKey, CounterSeries>
    private let streamed: LabelledTable<StreamKey, CounterSeries>
    private let prepare: HistogramSeries
    private let estimate: HistogramSeries
    private let execute: HistogramSeries
    private let serialize: HistogramSeries
    private let executed: CounterSeries
    private let cachedResults: CounterSeries
    private let shared: CounterSeries
    private let without: CounterSeries
    private let hits: CounterSeries
    private let stale: CounterSeries
    private let joined: CounterSeries
    private let misses: CounterSeries
    private let registry: MetricsRegistry

    /// Makes an observer that counts in a registry.
    package init(_ registry: MetricsRegistry) {
        self.registry = registry
        http = LabelledTable { HTTPInstruments($0, registry) }
        operations = LabelledTable { OperationInstruments($0, registry) }
        calls = LabelledTable { CallInstruments($0, registry) }
        streamed = LabelledTable {
            registry.counterSeries(MetricCatalog.streamedResults, $0.interface.rawValue, $0.kind)
        }
        lanes = LabelledTable { registry.counterSeries(MetricCatalog.laneCalls, $0.workspace, $0.lane) }
        prepare = registry.timerSeries(MetricCatalog.stageDuration, StageDurations.Stage.prepare.rawValue)
        estimate = registry.timerSeries(MetricCatalog.stageDuration, StageDurations.Stage.estimate.rawValue)
        execute = registry.timerSeries(MetricCatalog.stageDuration, StageDurations.Stage.execute.rawValue)
        serialize = registry.timerSeries(MetricCatalog.stageDuration, StageDurations.Stage.serialize.rawValue)
        executed = registry.counterSeries(MetricCatalog.results, "executed")
        cachedResults = registry.counterSeries(MetricCatalog.results, "cached")
        shared = registry.counterSeries(MetricCatalog.results, "shared")
        without = registry.counterSeries(MetricCatalog.results, "none")
        hits = registry.counterSeries(MetricCatalog.lookups, "cached")
        stale = registry.counterSeries(MetricCatalog.lookups, "stale")
        joined = registry.counterSeries(MetricCatalog.lookups, "shared")
        misses = registry.counterSeries(MetricCatalog.lookups, "missed")
    }

    // MARK: - Requests

    package func exchangeCompleted(_ record: ExchangeRecord) {
        let key = HTTPKey(
            status: record.status,
            route: record.route,
            method: MetricLabel.method(record.method)
        )
        // PERF: read once for all instruments.
        let shard = ThreadShard.current
        http[key, shard: shard].count(record, shard: shard)
    }

    // PERF: nothing of the record is copied, as the strings of a copy are retained one by one.
    package func requestCompleted(_ record: RequestRecord) {
        let code = record.outcome.errorCodes.first.map { MetricLabel.code($0) }
        let shard = ThreadShard.current
        let key = OperationKey(interface: record.interface, kind: record.outcome.kind, code: code)
        operations[key, shard: shard].count(record, shard: shard)
        count(record.outcome.calls, shard: shard)
        guard record.outcome.streamedResults == nil else { return }
        if record.outcome.isCachedResult {
            cachedResults.increment(by: 1, shard: shard)
        } else if record.outcome.isSharedResult {
            shared.increment(by: 1)
        } else if record.outcome.kind == nil {
            without.increment(by: 1)
        } else {
            executed.increment(by: 1)
        }
        let stages = record.outcome.stages
        if let nanoseconds = stages[.prepare] { prepare.record(nanoseconds, shard: shard) }
        if let nanoseconds = stages[.estimate] { estimate.record(nanoseconds, shard: shard) }
        if let nanoseconds = stages[.execute] { execute.record(nanoseconds, shard: shard) }
        if let nanoseconds = stages[.serialize] { serialize.record(nanoseconds, shard: shard) }
    }

    package func resultStreamed(_ record: StreamedResultRecord) {
        streamed[StreamKey(interface: record.interface, kind: record.kind)].increment(by: 1)
    }

    private func count(_ counts: CallReport.Counts, shard: Int) {
        if counts.cached > counts.stale { hits.increment(by: Int64(counts.cached - counts.stale), shard: shard) }
        if counts.stale > 0 { stale.increment(by: Int64(counts.stale), shard: shard) }
        if counts.shared > 0 { joined.increment(by: Int64(counts.shared), shard: shard) }
        if counts.made > 0 { misses.increment(by: Int64(counts.made), shard: shard) }
    }

    // MARK: - The upstream

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        let key = CallKey(
            workspace: record.workspace,
            method: MetricLabel.method(record.method),
            outcome: MetricLabel.outcome(record.outcome)
        )
        let instruments = calls[key]
        instruments.calls.increment(by: 1)
        instruments.duration.recordNanoseconds(record.duration.nanoseconds)
        if case .response(_, let bytes) = record.outcome { instruments.bytes.increment(by: Int64(bytes)) }
        let lane = record.priority == .interactive ? record.lane : MetricLabel.background
        lanes[LaneKey(workspace: record.workspace, lane: lane)].increment(by: 1)
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        let level =
            switch record.subject {
            case .workspace: "workspace"
            case .route: "route"
            case .path: "path"
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
