package import Gateway
internal import GraphQL
package import Logging
private import Synchronization
package import Upstream

/// Logs failures that concern operators, with the request and the workspace; never a key.
package final class LogObserver: GatewayObserver {
    private let logger: Logger
    /// The paths of responses that are too large to be cached, so that each is logged once.
    private let oversizedPaths = Mutex<Set<String>>([])
    /// The most paths that are remembered.
    private static let mostOversizedPaths = 100

    /// Makes an observer that logs to a logger.
    package init(_ logger: Logger) {
        self.logger = logger
    }

    package func requestCompleted(_ record: RequestRecord) {
        if let plan = record.callPlan { logSlow(record, plan) }
        let isInternal = record.outcome.errorCodes.contains(ErrorCode.internal.rawValue)
        // PERF: most requests are not logged, so that their metadata is not made.
        guard isInternal || logger.logLevel <= .debug else { return }
        var metadata = metadata(record.id)
        metadata["interface"] = "\(record.interface.rawValue)"
        if let name = record.outcome.name { metadata["operation"] = "\(LogField.printable(name))" }
        let codes = record.outcome.errorCodes
        if !codes.isEmpty { metadata["errors"] = "\(codes.joined(separator: ","))" }
        metadata["calls"] = "\(record.outcome.calls.made)"
        metadata["milliseconds"] = "\(record.duration.wholeMilliseconds)"
        if isInternal {
            logger.error("Internal error: a result is missing.", metadata: metadata)
        } else {
            logger.debug("Request completed.", metadata: metadata)
        }
    }

    private func logSlow(_ record: RequestRecord, _ plan: [String]) {
        var metadata = metadata(record.id)
        if let name = record.outcome.name { metadata["operation"] = "\(LogField.printable(name))" }
        if let fingerprint = record.outcome.fingerprint { metadata["signature"] = "\(fingerprint)" }
        metadata["milliseconds"] = .stringConvertible(record.duration.wholeMilliseconds)
        metadata["waitedMilliseconds"] = .stringConvertible(record.outcome.calls.waited.wholeMilliseconds)
        metadata["callsMade"] = .stringConvertible(record.outcome.calls.made)
        metadata["callPlan"] = .array(plan.map { .string($0) })
        logger.warning("Slow operation.", metadata: metadata)
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        guard record.status >= 500 || logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = [:]
        if let id = record.id { metadata["request"] = "\(id)" }
        metadata["method"] = "\(LogField.printable(record.method))"
        metadata["route"] = "\(record.route ?? "none")"
        metadata["status"] = "\(record.status)"
        metadata["milliseconds"] = "\(record.duration.wholeMilliseconds)"
        logger.log(level: record.status >= 500 ? .warning : .debug, "HTTP request completed.", metadata: metadata)
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        let problem: String?
        switch record.outcome {
        case .failure(let error) where error.code == .cancelled: problem = nil
        case .failure(let error): problem = error.message
        case .response(let status, _): problem = status >= 500 ? "The upstream responded with status \(status)." : nil
        }
        guard problem != nil || logger.logLevel <= .debug else { return }
        var metadata = metadata(record.requestID, record.workspace)
        metadata["method"] = "\(record.method)"
        metadata["path"] = "\(LogField.printable(record.route))"
        metadata["milliseconds"] = "\(record.duration.wholeMilliseconds)"
        if let problem {
            logger.warning("Upstream call failed: \(problem)", metadata: metadata)
        } else {
            logger.debug("Upstream call completed.", metadata: metadata)
        }
    }

    package func workspaceHealthChanged(_ record: HealthRecord) {
        var metadata = metadata(nil, record.workspace)
        let subject: String
        switch record.subject {
        case .workspace: subject = "The workspace"
        case .route(let path):
            subject = "A route"
            metadata["path"] = "\(LogField.printable(path.prefix { $0 != "?" }))"
        case .path(let path):
            subject = "A path"
            metadata["path"] = "\(LogField.printable(path.prefix { $0 != "?" }))"
        }
        if let pause = record.pause {
            metadata["seconds"] = "\(pause.wholeMilliseconds / 1000)"
            logger.warning("\(subject) is not called for a while, after repeated failures.", metadata: metadata)
        } else {
            logger.notice("\(subject) works again.", metadata: metadata)
        }
    }

    package func budgetExhausted(_ record: BudgetRecord) {
        var metadata = metadata(record.requestID, record.workspace)
        metadata["kind"] = record.kind == .read ? "read" : "write"
        metadata["retryAfter"] = "\(record.retryAfter)"
        switch record.cause {
        case .noneInTime:
            logger.warning("The rate limit leaves no call in the time that the request has.", metadata: metadata)
        case .refusedByUpstream:
            logger.warning("The upstream refused a call for its rate (status 429).", metadata: metadata)
        }
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        // Any client can send a wrong key.
        logger.info("The upstream refused a key (status 401).", metadata: metadata(record.requestID, record.workspace))
    }

    package func responseNotCached(_ record: OversizedResponse) {
        let isNew = oversizedPaths.withLock { paths in
            paths.count < Self.mostOversizedPaths && paths.insert("\(record.workspace) \(record.path)").inserted
        }
        guard isNew else { return }
        var metadata = metadata(nil, record.workspace)
        metadata["path"] = "\(LogField.printable(record.path))"
        metadata["bytes"] = "\(record.bytes)"
        metadata["maximumBytes"] = "\(record.maximumBytes)"
        let advice = "each request for it makes a call; set --cache-megabytes higher."
        logger.warning("A response is too large to be cached: \(advice)", metadata: metadata)
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        switch record {
        case .keyReplaced(let path):
            logger.notice("The file has another key, which is in use from now on.", metadata: ["file": "\(path)"])
        case .keyUnusable(let path, let reason):
            logger.warning(
                "The key file has no key that can be used, so the previous key stays in use: \(reason).",
                metadata: ["file": "\(path)"]
            )
        case .reloaded(let files, let replaced, let unusable):
            logger.notice(
                "SIGHUP: the configuration was read again.",
                metadata: ["keyFiles": "\(files)", "keysReplaced": "\(replaced)", "keysUnusable": "\(unusable)"]
            )
        case .refused: logger.error("SIGHUP: the configuration stays as it was.")
        }
    }

    private func metadata(_ request: RequestID?, _ workspace: String? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        if let request { metadata["request"] = "\(request.text)" }
        if let workspace { metadata["workspace"] = "\(workspace)" }
        return metadata
    }
}
