extension Workspace {
    /// The least time without a response for which the upstream is blamed; less may be left of a client's request.
    static let minimumTimeoutToCountAsFailure = Duration.seconds(1)

    /// The hints of a response that the retries of its call have to respect.
    struct ResponseHints {
        /// The time for which no call should be made; nil: the response does not state it.
        var retryAfter: Duration?
    }

    /// Learns from a call about the budget and the upstream's health.
    func learn(from call: CompletedCall) -> ResponseHints {
        let (instant, target, path) = (now, call.target, call.path)
        let budget = budget(of: call.credential)
        switch call.result {
        case .failure(let error):
            if !error.requestMayHaveBeenSent { budget.refund(kind: call.kind, lane: call.context.countedLane) }
            let hadShortDeadline = call.timeLeft < Self.minimumTimeoutToCountAsFailure
            let outcome = UpstreamHealth.Outcome(error, hadShortDeadline: hadShortDeadline)
            health.record(outcome, of: target, path: path, at: instant)
            return ResponseHints()
        case .success(let response):
            let unixTime = response.headers.upstreamTime ?? UnixTime.now()
            let fields = RateLimitFields(response.headers, unixTime: unixTime)
            budget.learn(
                kind: call.kind,
                limit: fields.limit,
                remaining: fields.remaining,
                reset: fields.reset,
                isRejection: response.status == 429
            )
            var retryAfter = reader.statedRetryAfter(of: response, unixTime: unixTime)
            if response.status == 429 {
                let pause = retryAfter ?? fields.pauseWithoutRetryAfter
                budget.pause(
                    for: pause,
                    rejected: RejectedCall(call.kind, path: target.path, isBurst: fields.remaining ?? 0 > 0)
                )
                retryAfter = pause
            }
            health.record(
                UpstreamHealth.Outcome(status: response.status),
                of: target,
                path: path,
                at: instant,
                retryAfter: retryAfter
            )
            return ResponseHints(retryAfter: retryAfter)
        }
    }
}

extension TransportHeaders {
    /// The upstream's own Unix time in seconds, by which its limits count; nil if the response does not state it.
    var upstreamTime: Int? { first("date").flatMap { HTTPDateField.unixTime($0) } }
}

extension UpstreamHealth.Outcome {
    /// The meaning of a status for the upstream's health.
    init(status: Int) {
        switch status {
        case 500...: self = .fails
        // The upstream has not processed the request.
        case 408, 425: self = .inconclusive
        default: self = .works
        }
    }

    /// The meaning of a call without a response for the upstream's health.
    init(_ error: TransportError, hadShortDeadline: Bool) {
        if error == .timedOutWaiting {
            // The request waited for others in the gateway.
            self = .inconclusive
            return
        }
        switch hadShortDeadline && error.code == .timedOut ? nil : error.showsThatUpstreamWorks {
        case true?: self = .works
        case false?: self = error.requestMayHaveBeenSent ? .fails : .isUnreachable
        case nil: self = .inconclusive
        }
    }
}
