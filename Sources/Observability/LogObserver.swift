package import Gateway
internal import GraphQL
package import Logging
package import Upstream

/// Logs what operators have to know: failures, with the request and the workspace that they concern; never a key.
package struct LogObserver: GatewayObserver {
    private let logger: Logger

    /// Makes an observer that logs to a logger.
    package init(_ logger: Logger) {
        self.logger = logger
    }

    package func requestCompleted(_ record: RequestRecord) {
        let isInternal = record.outcome.errorCodes.contains(ErrorCode.internal.rawValue)
        // PERF: most requests are of no interest, and their metadata would be made for nothing.
        guard isInternal || logger.logLevel <= .debug else { return }
        var metadata = metadata(record.id)
        metadata["interface"] = "\(record.interface.rawValue)"
        if let name = record.outcome.name { metadata["operation"] = "\(Self.printable(name))" }
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

    package func exchangeCompleted(_ record: ExchangeRecord) {
        guard record.status >= 500 || logger.logLevel <= .debug else { return }
        var metadata = metadata(record.id)
        metadata["method"] = "\(record.method)"
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
        metadata["path"] = "\(Self.printable(record.route))"
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
            metadata["path"] = "\(Self.printable(path.prefix { $0 != "?" }))"
        case .resource(let path):
            subject = "A resource"
            metadata["path"] = "\(Self.printable(path.prefix { $0 != "?" }))"
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
        // Any client can bring a wrong key.
        logger.info("The upstream refused a key (status 401).", metadata: metadata(record.requestID, record.workspace))
    }

    package func configurationChanged(_ record: ConfigurationRecord) {
        switch record {
        case .keyReplaced(let path):
            logger.notice("The file has another key, which is in use from now on.", metadata: ["file": "\(path)"])
        case .keyUnusable(let path, let reason):
            logger.warning("The key stays as it was: \(reason).", metadata: ["file": "\(path)"])
        case .reloaded(let files, let replaced, let unusable):
            logger.notice(
                "SIGHUP: key files were read again.",
                metadata: ["files": "\(files)", "replaced": "\(replaced)", "unusable": "\(unusable)"]
            )
        }
    }

    private func metadata(_ request: RequestID?, _ workspace: String? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        if let request { metadata["request"] = "\(request.text)" }
        if let workspace { metadata["workspace"] = "\(workspace)" }
        return metadata
    }

    /// A text of a client's in a log line: nothing in it ends the line, and it is not long.
    private static func printable(_ text: some StringProtocol) -> String {
        String(
            decoding: text.utf8.prefix(200).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
