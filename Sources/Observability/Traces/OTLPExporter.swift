internal import CoreMetrics
internal import Gateway
package import Logging
private import Synchronization
package import Upstream

/// Sends spans to a collector by OTLP over HTTP, in batches.
///
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp
package final class OTLPExporter: Sendable {
    private let url: String
    private let queue: SpanQueue
    private let logger: Logger
    private let exported: Counter
    private let dropped: Counter
    private let failed: Counter
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let running = Mutex<(transport: any Transport, task: Task<Void, Never>)?>(nil)
    private let isFailing = Mutex(false)

    private static let batchSize = 512
    private static let interval = Duration.seconds(5)
    private static let timeout = Duration.seconds(10)
    /// The longest time that the end of the process waits for the collector.
    private static let longestStop = Duration.seconds(2)

    /// Makes an exporter.
    ///
    /// - Parameters:
    ///   - endpoint: the collector's base URL.
    ///   - registry: counts the spans.
    ///   - logger: logs that the collector does not accept spans.
    ///   - capacity: the most spans that are queued.
    package init(endpoint: String, registry: MetricsRegistry, logger: Logger, capacity: Int = 4096) {
        url = (endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint) + "/v1/traces"
        queue = SpanQueue(capacity: capacity)
        self.logger = logger
        exported = registry.counter(MetricCatalog.spans, "exported")
        dropped = registry.counter(MetricCatalog.spans, "dropped")
        failed = registry.counter(MetricCatalog.spans, "failed")
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds a span that has ended.
    func add(_ span: FinishedSpan) {
        guard let count = queue.add(span) else {
            dropped.increment(by: 1)
            return
        }
        if count == Self.batchSize { wakeUp.yield() }
    }

    /// Begins to send spans, at intervals and whenever a batch is full.
    package func start(_ transport: any Transport) {
        let task = Task.detached { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { [self] in
                    while !Task.isCancelled {
                        // The interval is in real time; tests call `send` themselves. `stop` cancels the sleep.
                        try? await Task.sleep(for: Self.interval)
                        wakeUp.yield()
                    }
                }
                for await _ in wakeUps { await send(by: transport) }
                group.cancelAll()
            }
        }
        running.withLock { $0 = (transport, task) }
    }

    /// Sends the queued spans, and then stops; those that cannot be sent within two seconds are lost.
    package func stop() async {
        wakeUp.finish()
        guard let (transport, task) = running.withLock({ $0.take() }) else { return }
        await withTaskGroup { group in
            group.addTask { [self] in
                // It ends when it has sent what it is sending.
                await withTaskCancellationHandler {
                    await task.value
                } onCancel: {
                    task.cancel()
                }
                await send(by: transport)
            }
            group.addTask {
                // In real time, as the process ends; it is cancelled when all is sent.
                try? await Task.sleep(for: Self.longestStop)
            }
            await group.next()
            group.cancelAll()
        }
        failed.increment(by: queue.take(.max).count)
    }

    /// Sends the queued spans, up to the first batch that the collector does not take: the others wait for the next time.
    package func send(by transport: any Transport) async {
        while true {
            let spans = queue.take(Self.batchSize)
            guard !spans.isEmpty else { return }
            let request = TransportRequest(
                method: "POST",
                url: url,
                headers: [(name: "Content-Type", value: "application/x-protobuf")],
                body: OTLPTraceRequest.bytes(spans, version: ProductVersion.number),
                timeout: Self.timeout
            )
            let result = await transport.send([request]).first
            if case .success(let response)? = result, (200..<300).contains(response.status) {
                exported.increment(by: spans.count)
                if isFailing.withLock({ $0.exchange(false) }) { logger.notice("The collector accepts traces again.") }
            } else {
                failed.increment(by: spans.count)
                let isNew = !isFailing.withLock { $0.exchange(true) }
                if isNew { logger.warning("The collector does not accept traces: \(Self.reason(result)).") }
                return
            }
        }
    }

    private static func reason(_ result: Result<TransportResponse, TransportError>?) -> String {
        switch result {
        case .success(let response)?: "it responded with status \(response.status)"
        case .failure(let error)?: error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
        case nil: "there was no response"
        }
    }
}

extension Bool {
    /// Sets another value; returns the previous one.
    fileprivate mutating func exchange(_ new: Bool) -> Bool {
        defer { self = new }
        return self
    }
}
