package import Gateway
package import Logging
internal import Upstream

/// Writes one log line for each request that is chosen: its client, its operation, and its calls.
package final class AccessLog: GatewayObserver {
    private let logger: Logger
    private let sampler: AccessSampler

    /// The usual number of fields of a line.
    private static let fieldCount = 20

    /// Makes an access log.
    ///
    /// - Parameters:
    ///   - logger: writes the lines, at level `info`.
    ///   - policy: decides which requests have a line.
    ///   - seed: the seed of the random choice.
    package init(_ logger: Logger, _ policy: AccessLogPolicy, seed: UInt64 = .random(in: 0 ... .max)) {
        self.logger = logger
        sampler = AccessSampler(policy, seed: seed)
    }

    package func wantsNotes() -> Bool { sampler.next() }

    package func requestCompleted(_ record: RequestRecord) {
        let results = record.outcome.streamedResults
        // The line of an HTTP request is written when its response begins; a stream has another one at its end.
        guard record.isMessage || results != nil, sampler.next() else { return }
        var fields = Logger.Metadata(minimumCapacity: Self.fieldCount)
        if let id = record.id { fields["request"] = "\(id.text)" }
        fields["responseBytes"] = .stringConvertible(record.responseBytes)
        fields["milliseconds"] = .stringConvertible(record.duration.milliseconds)
        if let results { fields["results"] = .stringConvertible(results) }
        describe([record], in: &fields)
        logger.info(results == nil ? "message" : "stream", metadata: fields)
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        guard let notes = record.notes else { return }
        var fields = Logger.Metadata(minimumCapacity: Self.fieldCount)
        if let id = record.id { fields["request"] = "\(id)" }
        fields["method"] = "\(LogField.printable(record.method))"
        fields["route"] = "\(record.route ?? "none")"
        fields["status"] = .stringConvertible(record.status)
        fields["requestBytes"] = .stringConvertible(record.requestBytes)
        if let bytes = record.responseBytes { fields["responseBytes"] = .stringConvertible(bytes) }
        fields["milliseconds"] = .stringConvertible(record.duration.milliseconds)
        if let trace = record.trace { fields["trace"] = "\(trace.context.traceID)" }
        describe(notes.all, in: &fields)
        logger.info("request", metadata: fields)
    }

    /// Adds the fields of the operations of a request.
    private func describe(_ records: [RequestRecord], in fields: inout Logger.Metadata) {
        guard let first = records.first else { return }
        let outcome = first.outcome
        fields["client"] = "\(LogField.client(of: first))"
        fields["interface"] = "\(first.interface.rawValue)"
        if let kind = outcome.kind { fields["kind"] = "\(kind)" }
        if let name = outcome.name { fields["operation"] = "\(LogField.printable(name))" }
        if let fingerprint = outcome.fingerprint { fields["signature"] = "\(fingerprint)" }
        if records.count > 1 { fields["operations"] = .stringConvertible(records.count) }
        let errors = Set(records.flatMap(\.outcome.errorCodes)).sorted()
        if !errors.isEmpty { fields["errors"] = "\(LogField.printable(errors.joined(separator: ",")))" }
        fields["result"] = "\(outcome.origin)"
        if let estimated = outcome.estimated {
            fields["callsEstimated"] =
                estimated.min == estimated.max ? "\(estimated.min)" : "\(estimated.min)-\(estimated.max)"
        }
        let calls = Self.calls(of: records)
        fields["callsMade"] = .stringConvertible(calls.made)
        fields["callsCached"] = .stringConvertible(calls.cached)
        fields["callsShared"] = .stringConvertible(calls.shared)
        fields["waitedMilliseconds"] = .stringConvertible(calls.waited.milliseconds)
    }

    /// The calls of a request: the sum of its operations, or for a batch of method calls the counts of the last one, which include all.
    private static func calls(of records: [RequestRecord]) -> CallReport.Counts {
        guard let last = records.last, last.interface == .graphQL else {
            return records.last?.outcome.calls ?? CallReport.Counts()
        }
        return records.reduce(into: CallReport.Counts()) { sum, record in
            sum.made += record.outcome.calls.made
            sum.cached += record.outcome.calls.cached
            sum.shared += record.outcome.calls.shared
            sum.waited += record.outcome.calls.waited
        }
    }
}
