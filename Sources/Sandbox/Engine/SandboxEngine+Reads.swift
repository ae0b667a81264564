internal import JSON

extension SandboxEngine {
    /// Serves `GET /projects` and `GET /issues`.
    mutating func list(_ resource: Resource, _ call: Call) throws(Refusal) -> Response {
        let behavior = configuration.behavior
        let query = try ListQuery(call.target, of: resource, for: call.credential.viewer, configuration)
        let index = call.credential.workspace
        let page = workspaces[index][resource].page(query)
        if page.isPastEnd, query.page > 1, behavior.overPage == .notFound {
            throw Refusal(.notFound, "There is no page \(query.page).")
        }
        let lastModified = workspaces[index][resource].lastModified
        if page.hasMore, behavior.shift != .none, shifts < behavior.shiftTimes ?? .max {
            shifts += 1
            let id = workspaces[index].newID(resource)
            workspaces[index][resource].shift(behavior.shift, query.selection, newID: id, now: call.now)
        }
        return validated(page.body, lastModified: lastModified, call.request)
    }

    /// Serves `GET /projects/:id` and `GET /issues/:id`.
    func read(_ resource: Resource, _ id: String, _ call: Call) throws(Refusal) -> Response {
        let behavior = configuration.behavior
        let workspace = workspaces[call.credential.workspace]
        let row = workspace.row(behavior.stored(id: id), in: resource, for: call.credential.viewer)
        guard let row, row.trashedAt == nil || behavior.missing == .deletedAt else {
            throw missing(resource)
        }
        let object = behavior.idSpelling == .echoed ? Self.respelled(row, as: id) : row.bytes
        let body = behavior.single == .bare ? object : Self.wrapped(object)
        let changed = row.trashedAt ?? row.text("updated_at").flatMap(UnixTime.init(iso8601:))
        return validated(body, lastModified: changed ?? UnixTime(SeedData.epoch), call.request)
    }

    /// Refuses a request for an object that is not there.
    func missing(_ resource: Resource) -> Refusal {
        switch configuration.behavior.missing {
        case .gone: Refusal(.gone, "\(resource.noun) is gone.")
        case .notFound, .deletedAt: Refusal(.notFound, "\(resource.noun) not found.")
        }
    }

    /// An object's JSON with its id in another spelling.
    private static func respelled(_ row: Row, as id: String) -> [UInt8] {
        let stored = Array(#"{"id":"\#(row.id)""#.utf8)
        guard row.bytes.starts(with: stored) else { return row.bytes }
        return Array(#"{"id":"#.utf8) + JSONValue.string(id).serialized() + row.bytes.dropFirst(stored.count)
    }

    /// Puts an object into the envelope `{"data": {…}, "error": null}`.
    static func wrapped(_ object: [UInt8]) -> [UInt8] {
        Array(#"{"data":"#.utf8) + object + Array(#","error":null}"#.utf8)
    }

    private func validated(_ body: [UInt8], lastModified: UnixTime, _ request: SandboxRequest) -> Response {
        let header: (name: String, value: String)
        let isUnchanged: Bool
        switch configuration.behavior.validators {
        case .none:
            return .json(body)
        case .etag:
            var hash = FNV1a()
            hash.add(body)
            header = ("ETag", "\"\(String(hash.value, radix: 36))\"")
            isUnchanged = request.ifNoneMatch.map { $0 == "*" || $0.contains(header.value) } ?? false
        case .lastModified:
            header = ("Last-Modified", apiTime(lastModified).httpDate)
            // Every write moves the time on by a second at least, so equal texts mean equal states.
            isUnchanged = request.ifModifiedSince == header.value
        }
        var response = isUnchanged ? Response(status: 304) : .json(body)
        response.headers.append(header)
        return response
    }
}
