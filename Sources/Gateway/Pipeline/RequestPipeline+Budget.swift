internal import JSON
internal import Upstream

extension RequestPipeline {
    /// Notes what was counted, so that it is taken back if the gateway refuses the request for load.
    func noteCharge(requests: Int = 0, calls: Int = 0) {
        guard let charge = caller.charge, rateLimitStatus != nil else { return }
        var payer = caller
        payer.charge = nil
        charge.note { [service, payer] in service.refund(requests: requests, calls: calls, to: payer) }
    }

    /// The calls that are left of the minute, of the caller's key that has the fewest left; nil: no limit is known.
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

    /// What the only operation has spent and saved.
    ///
    /// - Parameters:
    ///   - reused: the report of the result that took the place of an execution; nil: none did.
    ///   - isRepeatable: whether the response may be sent again, so that it states nothing that changes.
    /// - Returns: the numbers, as the results of tools state them.
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
