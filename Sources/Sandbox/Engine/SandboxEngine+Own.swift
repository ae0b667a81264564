internal import JSON

extension SandboxEngine {
    /// The first segment of the paths at which scripts query the sandbox itself.
    ///
    /// They are never counted or limited.
    static let ownPath = "_sandbox"

    /// Keeps the generator of changes apart from that of the data.
    static let changeStream: UInt64 = 0xC4A6

    private static let maximumChanges = 10_000
    private static let changeMark = " (change "

    /// Serves `GET /_sandbox/calls`, `GET /_sandbox/changes`, `POST /_sandbox/change`,
    /// `POST /_sandbox/webhooks` and `POST /_sandbox/reset`.
    mutating func ownResponse(to request: SandboxRequest, _ target: RequestTarget, now: UnixTime) -> Response {
        switch (request.method, target.segments.dropFirst().joined(separator: "/")) {
        case ("GET", "calls"):
            return .json(calls.json().serialized())
        case ("GET", "changes"):
            return .json(JSONValue.array(changes.map { $0.json() }).serialized())
        case ("POST", "change"):
            return .json(JSONValue.array(changeRows(now: now).map { $0.json() }).serialized())
        case ("POST", "reset"):
            reset()
            return .noContent
        case ("POST", "webhooks"):
            if let response = webhookResponse(to: request) { return response }
            let refusal = Refusal(.badRequest, "A webhook has a workspace, a url and a secret.")
            return ErrorBody(behavior: SandboxBehavior()).response(to: refusal, now: now)
        default:
            let refusal = Refusal(.notFound, "There is no such page.")
            return ErrorBody(behavior: SandboxBehavior()).response(to: refusal, now: now)
        }
    }

    /// Changes one issue in every workspace, as if somebody had edited its title in the web app.
    mutating func changeRows(now: UnixTime) -> [SandboxChange] {
        var made: [SandboxChange] = []
        for index in workspaces.indices {
            if let change = changeRow(inWorkspace: index, now: now) { made.append(change) }
        }
        changes += made
        if changes.count > 2 * Self.maximumChanges { changes.removeFirst(changes.count - Self.maximumChanges) }
        return made
    }

    /// The rows of a collection that a key has the right to see, in Trash or not.
    mutating func rows(of collection: String, seenBy key: String) -> [SandboxRow] {
        guard let resource = Resource(rawValue: collection),
            let credential = directory.credential(in: "Bearer \(key)")
        else { return [] }
        let table = workspaces[credential.workspace][resource]
        return table.rows.filter { credential.viewer.sees(projectID: $0.projectID(in: resource)) }
            .map { table.inspected($0) }
    }

    private mutating func changeRow(inWorkspace index: Int, now: UnixTime) -> SandboxChange? {
        let rows = workspaces[index].issues.rows
        guard !rows.isEmpty else { return nil }
        // Starting at a random row, the first that is not in Trash.
        let start = changeRandom.below(rows.count)
        let listed = (0..<rows.count).lazy.map { rows[(start + $0) % rows.count] }.first { $0.trashedAt == nil }
        guard let row = listed, let title = row.text("title") else { return nil }
        changeCount += 1
        let original = title.firstRange(of: Self.changeMark).map { title[..<$0.lowerBound] } ?? title[...]
        var sent = JSONObject()
        sent["title"] = .string("\(original)\(Self.changeMark)\(changeCount))")
        guard let changed = workspaces[index].update(row.id, in: .issues, with: sent, now: now) else { return nil }
        note(.updated(before: row), changed, .issues, inWorkspace: index, now: now)
        return SandboxChange(
            time: now,
            workspace: workspaces[index].slug,
            id: changed.id,
            title: changed.text("title") ?? "",
            updatedAt: changed.text("updated_at") ?? ""
        )
    }
}
