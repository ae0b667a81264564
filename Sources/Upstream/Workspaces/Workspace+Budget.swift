internal import GraphQL
internal import JSON

extension Workspace {
    /// Takes one call of a key's budget, and waits for it if need be.
    ///
    /// - Parameters:
    ///   - kind: what it counts as.
    ///   - credential: whose budget it is.
    ///   - context: for whom the call is made.
    ///   - promotion: how urgent it is to all who wait for it; nil: as urgent as to who makes it.
    /// - Returns: why the call may not be made; nil: it may.
    func takeCall(
        _ kind: CallKind,
        of credential: Credential,
        for context: CallContext,
        _ promotion: CallPromotion? = nil
    ) async -> BudgetRefusal? {
        let budget = budget(of: credential)
        let promotion = promotion ?? CallPromotion(context.priority, context.lane)
        let (priority, lane) = promotion.current
        guard budget.take(1, kind: kind, priority: priority, lane: lane) == 0 else { return nil }
        do throws(BudgetRefusal) {
            let waited = try await budget.wait(
                kind: kind,
                caller: context.caller,
                deadline: kind == .write ? context.deadline - leastTimeToWrite : context.deadline,
                promotion
            )
            context.report.waited(waited)
            let end = now
            context.report.note(CallEvent(.wait, workspace: slug, startedAt: end - waited, duration: waited))
            observer.budgetAwaited(BudgetWait(workspace: slug, kind: kind, lane: context.lane.name, duration: waited))
            return nil
        } catch {
            // A refresh takes what is left over, and nobody misses it.
            if !error.isCancellation, context.priority != .refresh {
                note(.noneInTime, kind, retryAfter: error.retryAfter, context)
            }
            return error
        }
    }

    /// Notes that a key's budget is exhausted.
    private func note(_ cause: BudgetRecord.Cause, _ kind: CallKind, retryAfter: Int, _ context: CallContext) {
        observer.budgetExhausted(
            BudgetRecord(
                requestID: context.requestID,
                workspace: slug,
                kind: kind,
                cause: cause,
                retryAfter: retryAfter
            )
        )
    }

    /// Notes a call that was sent and its outcome.
    ///
    /// - Parameters:
    ///   - result: the response, or why there is none.
    ///   - method: its method.
    ///   - path: its path and query.
    ///   - kind: what it counts as.
    ///   - credential: what it spent.
    ///   - startedAt: when it was sent.
    ///   - retryAfter: for how long the upstream asks to wait, if it does.
    ///   - trace: its span; nil: it is in no trace.
    ///   - context: for whom it was made.
    func note(
        _ result: Result<TransportResponse, TransportError>,
        method: String,
        path: String,
        kind: CallKind,
        _ credential: Credential,
        startedAt: ContinuousClock.Instant,
        retryAfter: Duration?,
        trace: SpanPosition?,
        _ context: CallContext
    ) {
        let outcome: UpstreamCallRecord.Outcome
        switch result {
        case .success(let response): outcome = .response(status: response.status, bytes: response.body.count)
        case .failure(let error): outcome = .failure(error)
        }
        observer.callCompleted(
            UpstreamCallRecord(
                requestID: context.requestID,
                workspace: slug,
                method: method,
                baseURL: client.baseURL,
                path: path,
                priority: context.priority,
                lane: context.lane.name,
                startedAt: startedAt,
                duration: now - startedAt,
                outcome: outcome,
                trace: trace
            )
        )
        guard case .response(let status, _) = outcome else { return }
        if status == 401 {
            observer.credentialRefused(
                CredentialRefusal(requestID: context.requestID, workspace: slug, credential: credential)
            )
        }
        if status == 429 { note(.refusedByUpstream, kind, retryAfter: retryAfter?.wholeSeconds ?? 0, context) }
    }

    /// Notes a call in the report of its request.
    ///
    /// - Parameters:
    ///   - result: the response, or why there is none.
    ///   - method: its method.
    ///   - path: its path and query.
    ///   - startedAt: when it was sent.
    ///   - rows: how many rows the response lists; nil: it is no list.
    ///   - context: for whom it was made.
    func report(
        _ result: Result<TransportResponse, TransportError>,
        method: String,
        path: String,
        startedAt: ContinuousClock.Instant,
        rows: Int? = nil,
        _ context: CallContext
    ) {
        context.report.note(
            CallEvent(
                .upstream,
                workspace: slug,
                method: method,
                path: path,
                startedAt: startedAt,
                duration: now - startedAt,
                status: (try? result.get())?.status,
                rows: rows
            )
        )
    }

    /// The failure of a call that its budget does not allow in time.
    func failure(of refusal: BudgetRefusal) -> FieldFailure {
        refusal.isCancellation ? .cancelled : .rateLimited(retryAfter: refusal.retryAfter, more: errorExtensions)
    }
}

extension FieldFailure {
    /// The budget does not allow a call in time.
    static func rateLimited(retryAfter seconds: Int, more: JSONObject) -> FieldFailure {
        var more = more
        more["retryAfter"] = .integer(seconds)
        return FieldFailure(
            .rateLimited,
            "The upstream rate limit for this key is exhausted; retry in \(seconds.inSeconds).",
            more: more
        )
    }
}
