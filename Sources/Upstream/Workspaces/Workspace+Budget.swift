internal import GraphQL
internal import JSON

extension Workspace {
    /// Takes one call of a key's budget, and waits for it if necessary.
    ///
    /// - Parameters:
    ///   - kind: the kind of call as which it counts.
    ///   - credential: the key whose budget it is.
    ///   - context: the context of the call.
    ///   - promotion: the urgency of the call, which followers raise; nil: it has the urgency of its caller alone.
    /// - Returns: the failure if the call may not be made; nil: it may.
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
            // A refresh only uses calls that are left over, so its refusal is not reported.
            if !error.isCancellation, context.priority != .refresh {
                note(.noneInTime, kind, retryAfter: error.retryAfter, context)
            }
            return error
        }
    }

    /// Reports that a key's budget is exhausted.
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

    /// Reports a call to the observer.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - retryAfter: the time that the upstream asks to wait; nil: it asks for none.
    func note(_ call: CompletedCall, retryAfter: Duration?) {
        let (outcome, context) = (call.outcome, call.context)
        observer.callCompleted(
            UpstreamCallRecord(
                requestID: context.requestID,
                workspace: slug,
                method: call.method,
                baseURL: client.baseURL,
                path: call.path,
                priority: context.priority,
                lane: context.lane.name,
                startedAt: call.startedAt,
                duration: now - call.startedAt,
                outcome: outcome,
                trace: call.trace
            )
        )
        guard case .response(let status, _) = outcome else { return }
        if status == 401 {
            observer.credentialRefused(
                CredentialRefusal(requestID: context.requestID, workspace: slug, credential: call.credential)
            )
        }
        if status == 429 { note(.refusedByUpstream, call.kind, retryAfter: retryAfter?.wholeSeconds ?? 0, context) }
    }

    /// Records a call in the report of its request.
    ///
    /// - Parameters:
    ///   - call: the call.
    ///   - rows: the number of rows that the response lists; nil: it is no list.
    func report(_ call: CompletedCall, rows: Int? = nil) {
        call.context.report.note(
            CallEvent(
                .upstream,
                workspace: slug,
                method: call.method,
                path: call.path,
                startedAt: call.startedAt,
                duration: now - call.startedAt,
                status: (try? call.result.get())?.status,
                rows: rows
            )
        )
    }

    /// The failure of a call that its budget does not allow in time.
    func failure(of refusal: BudgetRefusal) -> FieldFailure {
        refusal.isCancellation ? .cancelled : .rateLimited(retryAfter: refusal.retryAfter, more: errorExtensions)
    }
}

extension CompletedCall {
    /// The outcome for observers.
    fileprivate var outcome: UpstreamCallRecord.Outcome {
        switch result {
        case .success(let response): .response(status: response.status, bytes: response.body.count)
        case .failure(let error): .failure(error)
        }
    }
}

extension FieldFailure {
    /// The failure of a call that the budget does not allow in time.
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
