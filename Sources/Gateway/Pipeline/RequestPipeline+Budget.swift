internal import JSON
internal import Upstream

extension RequestPipeline {
    /// Records what was counted, to take it back if the gateway refuses the request for overload.
    func noteCharge(requests: Int = 0, calls: Int = 0) {
        guard let charge = caller.charge, rateLimitStatus != nil else { return }
        var payer = caller
        payer.charge = nil
        charge.note { [service, payer] in service.refund(requests: requests, calls: calls, to: payer) }
    }

    /// The fewest calls that are left in the current minute of any of the caller's keys; nil: no limit is known.
    var remainingCalls: Int? {
        guard let context = session?.context else { return nil }
        return context.usableWorkspaces.compactMap { workspace in
            context.credential(for: workspace).flatMap { service.broker.workspaces[workspace].quota(of: $0).remaining }
        }.min()
    }

    /// The budgets of the caller's own keys.
    var quotaReport: JSONValue {
        mutating get { QuotaReport.report(openSession().context, service.broker.workspaces) }
    }

    /// The calls that the only operation has taken and saved.
    ///
    /// - Parameters:
    ///   - reused: the report of the result that was reused instead of an execution; nil: none was.
    ///   - isRepeatable: whether the response may be sent again, and so must not have numbers that change.
    /// - Returns: the numbers, as in the `_meta` of tool results.
    func callUse(reused: CallReport.Counts?, isRepeatable: Bool) -> JSONObject {
        let counts = reused ?? report
        var use: JSONObject = [
            "estimated": (estimated ?? .zero).json, "made": .integer(counts.made), "cached": .integer(counts.cached),
            "shared": .integer(counts.shared), "waitedMs": .integer(counts.waited.wholeMilliseconds),
        ]
        guard !isRepeatable else { return use }
        if let remainingCalls { use["remaining"] = .integer(remainingCalls) }
        if let session = session?.context.allowance.session {
            use["remainingInSession"] = .integer(session.remaining)
        }
        return use
    }
}

extension Duration {
    /// The number of whole milliseconds.
    var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
