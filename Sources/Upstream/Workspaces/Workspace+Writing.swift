internal import GraphQL
internal import JSON

extension Workspace {
    /// Carries out a write within the key's budget for writes.
    ///
    /// It is sent again only after a failure that certainly left nothing behind: nothing had left, or the upstream's limit
    /// kept it from being looked at.
    func write(_ write: UpstreamWrite, for session: CallSession) async -> WriteOutcome {
        guard let credential = session.credential(for: index) else {
            let message = "The caller has no key for the workspace \"\(slug)\"."
            return .refused(FieldFailure(.unauthenticated, message, more: errorExtensions))
        }
        var attempt = 1
        while true {
            if let refusal = await admit(write, credential, session) { return .refused(refusal) }
            let outcome = await send(write, credential, session)
            switch outcome {
            case .limited(let seconds):
                let failure = FieldFailure.rateLimited(retryAfter: seconds, more: errorExtensions)
                guard attempt < Self.maximumAttempts else { return .refused(failure) }
            case .notSent(let failure):
                guard attempt < Self.maximumAttempts, consumeRetry(), await pause(before: attempt, session) else {
                    return .refused(failure)
                }
            case .done, .missing, .refused, .unknown:
                return outcome
            }
            attempt += 1
        }
    }

    /// Waits for the budget; why the write may not leave, if it may not.
    private func admit(
        _ write: UpstreamWrite,
        _ credential: Credential,
        _ session: CallSession
    ) async -> FieldFailure? {
        let budget = budget(of: credential)
        if budget.take(1, kind: .write, priority: session.priority) == 0 {
            do {
                let waited = try await budget.wait(
                    kind: .write,
                    priority: session.priority,
                    caller: session.caller,
                    deadline: session.deadline
                )
                session.report.waited(waited)
            } catch {
                return error.isCancellation
                    ? .cancelled : .rateLimited(retryAfter: error.retryAfter, more: errorExtensions)
            }
        }
        let instant = now()
        guard let refusal = refusal(timeLeft: session.deadline - instant, at: instant) else { return nil }
        budget.refund(kind: .write)
        return refusal
    }

    private func send(
        _ write: UpstreamWrite,
        _ credential: Credential,
        _ session: CallSession
    ) async -> WriteOutcome {
        let timeLeft = session.deadline - now()
        session.report.made(1)
        // What has left cannot be called back: a client that goes away cancels its own task, and not this one, so that
        // what came of the write is learned all the same.
        let result = await Task { [client] in
            await client.send(write, credential: credential, timeLeft: timeLeft)
        }.value
        learn(
            from: result,
            kind: .write,
            credential,
            unixTime: Self.unixTime(),
            hadShortDeadline: timeLeft < Self.minimumTimeoutToCountAsFailure
        )
        return reader.outcome(of: write, result, sentTo: client.url(of: write.call), workspace: errorExtensions)
            .hiding(credential)
    }
}
