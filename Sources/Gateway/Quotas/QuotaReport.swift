internal import JSON
internal import Upstream

/// Reports the budgets of keys as JSON.
enum QuotaReport {
    /// The budgets of one key, which is identified by its fingerprint.
    static func key(_ status: KeyStatus) -> JSONValue {
        var members: JSONObject = ["key": status.credential.fingerprint.map { .string($0) } ?? .null]
        if let resetsAt = status.resetsAt { members["resetsAt"] = .integer(resetsAt) }
        members["budgets"] = .array(status.budgets.map { budget($0) })
        return .object(members)
    }

    private static func budget(_ status: BudgetStatus) -> JSONValue {
        var members: JSONObject = ["kind": .string(status.kind == .read ? "read" : "write")]
        if let limit = status.limit {
            members["limit"] = .integer(limit)
            if let remaining = status.remaining {
                members["used"] = .integer(max(0, limit - remaining))
                members["remaining"] = .integer(remaining)
            }
        }
        members["waiting"] = .integer(status.waiting)
        if !status.lanes.isEmpty {
            members["lanes"] = .array(
                status.lanes.map {
                    [
                        "name": .string($0.name), "share": .integer($0.share), "calls": .integer($0.calls),
                        "waiting": .integer($0.waiting),
                    ]
                }
            )
        }
        return .object(members)
    }

    /// The budgets of a caller's own keys, by workspace.
    ///
    /// - Parameters:
    ///   - context: the context with the caller's keys.
    ///   - workspaces: all workspaces.
    /// - Returns: the report.
    static func report(_ context: CallContext, _ workspaces: [Workspace]) -> JSONValue {
        let entries: [JSONValue] = context.usableWorkspaces.map { index in
            let own = context.credential(for: index)
            // A key that has not been used has no budget yet.
            let status = workspaces[index].keys.first { $0.credential == own }
            var members: JSONObject = ["workspace": .string(workspaces[index].slug)]
            if let status, let known = key(status).objectValue {
                for (name, value) in known { members[name] = value }
            }
            return .object(members)
        }
        return ["workspaces": .array(entries)]
    }
}
