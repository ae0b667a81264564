internal import GraphQL
internal import JSON

extension Workspace {
    /// Takes one call of a key's budget, and waits for it if need be; returns why the call may not be made, if so.
    func takeCall(_ kind: CallKind, of credential: Credential, for context: CallContext) async -> BudgetRefusal? {
        let budget = budget(of: credential)
        guard budget.take(1, kind: kind, priority: context.priority) == 0 else { return nil }
        do throws(BudgetRefusal) {
            let waited = try await budget.wait(
                kind: kind,
                priority: context.priority,
                caller: context.caller,
                deadline: context.deadline
            )
            context.report.waited(waited)
            return nil
        } catch {
            return error
        }
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

extension Int {
    /// The number with the unit, as it is read aloud.
    var inSeconds: String { self == 1 ? "1 second" : "\(self) seconds" }
}
