private import Caching
internal import GraphQL
internal import JSON

extension Workspace {
    /// The most attempts of a write of which no byte has been sent.
    private static let maximumAttempts = 3
    /// A shorter pause is extended by a backoff.
    static let shortestPause = Duration.milliseconds(50)

    /// The least time left for which a write is sent: with less, its outcome would most likely stay unknown.
    var leastTimeToWrite: Duration { min(.milliseconds(250), timeout / 10) }

    /// Executes a write within the key's budget for writes.
    ///
    /// It is sent again only after a failure that certainly had no effect: no byte was sent, or the upstream's rate limit rejected it
    /// before processing it.
    ///
    /// - Parameters:
    ///   - write: the write.
    ///   - context: the context of the call.
    ///   - willSend: a function that is called each time before it is sent.
    /// - Returns: its outcome.
    func write(_ write: UpstreamWrite, context: CallContext, willSend: () -> Void) async -> WriteOutcome {
        guard let credential = context.credential(for: index) else { return .refused(noCredential) }
        if let failure = refusal(ofTarget: write.call.path) { return .refused(failure) }
        var attempts = 0
        var pauses = 0
        while true {
            if let refusal = await admit(write, credential, context) { return .refused(refusal) }
            willSend()
            let outcome = await send(write, credential, context)
            switch outcome {
            case .limited(let pause):
                pauses += 1
                // The budget is paused; a pause of zero must not become a loop without waiting.
                if pause < Self.shortestPause, !(await wait(health.backoff(attempt: pauses), context)) {
                    return .refused(.rateLimited(retryAfter: pause.wholeSeconds, more: errorExtensions))
                }
            case .notSent(let failure):
                attempts += 1
                guard attempts < Self.maximumAttempts, health.consumeRetry(),
                    await wait(health.backoff(attempt: attempts), context)
                else { return .refused(failure) }
            case .done, .missing, .refused, .unknown:
                return outcome
            }
        }
    }

    private func wait(_ duration: Duration, _ context: CallContext) async -> Bool {
        let end = now + duration
        guard end < context.deadline else { return false }
        return await scheduler.sleep(until: end)
    }

    /// Waits for the budget; returns the failure if the write may not be sent.
    private func admit(_ write: UpstreamWrite, _ credential: Credential, _ context: CallContext) async -> FieldFailure?
    {
        if let refusal = await takeCall(.write, of: credential, for: context) { return failure(of: refusal) }
        let instant = now
        let hasTime = instant + leastTimeToWrite <= context.deadline && !Task.isCancelled
        guard let failure = hasTime ? health.refusal(of: write.healthTarget, at: instant)?.failure : .noTime else {
            return nil
        }
        budget(of: credential).refund(kind: .write, lane: context.countedLane)
        return failure
    }

    private func send(_ write: UpstreamWrite, _ credential: Credential, _ context: CallContext) async -> WriteOutcome {
        let startedAt = now
        let timeLeft = context.deadline - startedAt
        context.report.made(1)
        // A write that has been sent cannot be recalled: a client that disconnects cancels its own task, not this one, so that the outcome
        // of the write is still learned.
        let trace = context.trace.map { SpanPosition(below: $0) }
        let result = await Task { [client] in
            await client.send(write, credential: credential, trace: trace, timeLeft: timeLeft)
        }.value
        let call = CompletedCall(
            result: result,
            method: write.method.rawValue,
            kind: .write,
            path: write.call.path,
            target: write.healthTarget,
            credential: credential,
            startedAt: startedAt,
            timeLeft: timeLeft,
            trace: trace,
            context: context
        )
        let hints = learn(from: call)
        note(call, retryAfter: hints.retryAfter)
        report(call)
        let outcome = reader.outcome(
            of: write,
            result,
            sentTo: client.url(of: write.call),
            retryAfter: hints.retryAfter,
            workspace: errorExtensions
        )
        return outcome.hiding(credential)
    }
}

extension UpstreamWrite {
    /// The route and path of the call, for health.
    fileprivate var healthTarget: UpstreamHealth.Target {
        var route = Hasher()
        route.combine(method)
        route.combine(self.route)
        var path = route
        path.combine(call.path)
        return UpstreamHealth.Target(route: route.finalize(), path: path.finalize())
    }
}
