internal import Caching
internal import GraphQL
internal import JSON

/// The attempts of one caller's GETs, with retries.
struct ReadAttempts: Sendable {
    let workspace: Workspace
    let credential: Credential
    let context: CallContext

    /// The most attempts of a GET that fails for a transient reason.
    static let maximumAttempts = 3

    /// The final response to a GET.
    ///
    /// - Parameters:
    ///   - read: the GET.
    ///   - isGranted: whether its budget has been taken.
    /// - Returns: the last response, after all attempts.
    func response(to read: UpstreamRead, isGranted: Bool) async -> UpstreamResponse {
        if !isGranted {
            read.willBeDelayed()
            if let refusal = await workspace.takeCall(.read, of: credential, for: context, read.promotion) {
                return response(for: refusal)
            }
        }
        let first = await send(read)
        return first.retry == .never ? first : await retry(read, after: first)
    }

    /// Retries a GET as often as its failures allow and while the caller has time.
    ///
    /// A failed call is retried a few times, if few other calls fail. A call that was rejected with status 429 waits for the stated time
    /// and continues: that is no failure. https://www.rfc-editor.org/rfc/rfc6585#section-4
    func retry(_ read: UpstreamRead, after first: UpstreamResponse) async -> UpstreamResponse {
        var response = await retryUntilFinal(read, after: first)
        // A call that was sent counts, even if the next attempt is not made.
        response.wasSent = response.wasSent || first.wasSent
        return response
    }

    private func retryUntilFinal(_ read: UpstreamRead, after first: UpstreamResponse) async -> UpstreamResponse {
        var read = read
        var response = first
        var attempts = 1
        var pauses = 0
        while true {
            switch response.retry {
            case .never:
                return response
            case .afterPause(let pause):
                pauses += 1
                read.willBeDelayed()
                if pause < Workspace.shortestPause, !(await wait(workspace.health.backoff(attempt: pauses))) {
                    return response
                }
                // The budget is paused: waiting for it includes the pause.
                if let refusal = await workspace.takeCall(.read, of: credential, for: context, read.promotion) {
                    return self.response(for: refusal)
                }
            case .afterStatedPause(let pause):
                read.willBeDelayed()
                guard await wait(pause),
                    await workspace.takeCall(.read, of: credential, for: context, read.promotion) == nil
                else {
                    return response
                }
            case .afterBackoff(let minimum):
                guard attempts < Self.maximumAttempts, workspace.health.consumeRetry() else { return response }
                let backoff = max(workspace.health.backoff(attempt: attempts), minimum)
                attempts += 1
                guard await wait(backoff),
                    await workspace.takeCall(.read, of: credential, for: context, read.promotion) == nil
                else {
                    return response
                }
            }
            if response.isOfOtherVersion { read = read.unconditional }
            let next = await send(read)
            // The reason of the failure is more useful than the reason why the call is not retried.
            if !next.wasSent, !next.isCallerFailure, case .afterBackoff = response.retry { return response }
            response = next
        }
    }

    /// Waits before a retry; returns false if there is no time for that.
    private func wait(_ duration: Duration) async -> Bool {
        let end = workspace.now + duration
        guard end < context.deadline else { return false }
        return await workspace.scheduler.sleep(until: end)
    }

    private func response(for refusal: BudgetRefusal) -> UpstreamResponse {
        var response = UpstreamResponse(outcome: .failed(workspace.failure(of: refusal)), sentAt: workspace.now)
        // Other callers may have more time, or may not have cancelled.
        response.isCallerFailure = true
        return response
    }

    // MARK: - Sending

    private func send(_ read: UpstreamRead) async -> UpstreamResponse {
        var received: UpstreamResponse?
        await send([read]) { _, response in received = response }
        return received ?? UpstreamResponse(outcome: .failed(.gatewayFailed), sentAt: workspace.now)
    }

    /// Makes GETs whose budget has been taken, each once, and passes each response to `receive` as it arrives.
    func send(_ reads: [UpstreamRead], receive: (Int, UpstreamResponse) -> Void) async {
        let sentAt = workspace.now
        let timeLeft = context.deadline - sentAt
        var positions: [Int] = []
        for (position, read) in reads.enumerated() {
            if let response = refusal(of: read, timeLeft: timeLeft, at: sentAt) {
                workspace.budget(of: credential).refund(kind: .read, lane: context.countedLane)
                receive(position, response)
            } else {
                positions.append(position)
            }
        }
        guard !positions.isEmpty else { return }
        context.report.made(positions.count)
        let traces = context.trace.map { trace in positions.map { _ in SpanPosition(below: trace) } } ?? []
        let wanted = positions.map { reads[$0] }
        func completed(_ index: Int, _ result: Result<TransportResponse, TransportError>) -> CompletedCall {
            CompletedCall(
                result: result,
                method: "GET",
                kind: .read,
                path: wanted[index].call.path,
                target: wanted[index].target,
                credential: credential,
                startedAt: sentAt,
                timeLeft: timeLeft,
                trace: traces.isEmpty ? nil : traces[index],
                context: context
            )
        }
        await workspace.client.get(wanted, credential: credential, traces: traces, timeLeft: timeLeft) {
            receive(positions[$0], response(to: wanted[$0], completed($0, $1)))
        }
    }

    /// The response to a GET that may not be sent now.
    private func refusal(
        of read: UpstreamRead,
        timeLeft: Duration,
        at instant: ContinuousClock.Instant
    ) -> UpstreamResponse? {
        guard timeLeft > .zero, !Task.isCancelled else {
            var response = UpstreamResponse(outcome: .failed(.noTime), sentAt: instant)
            response.isCallerFailure = true
            return response
        }
        guard let refusal = workspace.health.refusal(of: read.target, at: instant) else { return nil }
        var response = UpstreamResponse(outcome: .failed(refusal.failure), sentAt: instant)
        if let pause = refusal.statedPause { response.retry = .afterStatedPause(pause) }
        return response
    }

    /// The response to a GET that was sent.
    private func response(to read: UpstreamRead, _ call: CompletedCall) -> UpstreamResponse {
        let hints = workspace.learn(from: call)
        workspace.note(call, retryAfter: hints.retryAfter)
        var response = workspace.reader.response(
            to: read,
            call.result,
            sentAt: call.startedAt,
            retryAfter: hints.retryAfter,
            workspace: workspace.errorExtensions
        )
        workspace.report(call, rows: workspace.reader.rowCount(of: response.outcome))
        if response.isNotModified, read.validators.isContradicted(by: response.validators) {
            response.isNotModified = false
            response.isOfOtherVersion = true
            response.retry = .afterStatedPause(.zero)
        }
        if case .failed(let failure) = response.outcome { response.outcome = .failed(failure.hiding(credential)) }
        if case .failure(let error) = call.result {
            response.isCallerFailure =
                error.code == .cancelled || error.code == .timedOut && call.timeLeft < workspace.timeout
        }
        return response
    }
}

extension FieldFailure {
    /// The failure of a request whose client has cancelled it, or whose time was used up, before a call was sent.
    static var noTime: FieldFailure { Task.isCancelled ? .cancelled : .outOfTime }

    /// The failure of a request whose time was used up before a call was sent.
    static let outOfTime = FieldFailure(
        .upstreamTimeout,
        "The request timed out before the upstream was called."
    )
}
