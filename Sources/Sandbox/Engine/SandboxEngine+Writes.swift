internal import JSON

extension SandboxEngine {
    /// Serves `POST /projects` and `POST /issues`.
    mutating func create(_ resource: Resource, _ call: Call) throws(Refusal) -> Response {
        let sent = try body(of: call, for: .create, resource)
        let row = workspaces[call.credential.workspace].create(
            sent,
            in: resource,
            for: call.credential.viewer,
            now: call.now
        )
        guard let row else { throw Refusal(.internalError, "The row could not be made.") }
        note(.created, row, resource, inWorkspace: call.credential.workspace, now: call.now)
        let behavior = configuration.behavior
        var response = response(with: row, as: behavior.writeResponse, status: behavior.createStatus)
        let path = "\(resource.rawValue)/\(row.id)"
        switch behavior.location {
        case .absent: break
        case .path: response.headers.append(("Location", "/api/v1/\(path)"))
        case .relative: response.headers.append(("Location", path))
        }
        return response
    }

    /// Serves `PATCH /projects/:id` and `PATCH /issues/:id`.
    mutating func update(_ resource: Resource, _ id: String, _ call: Call) throws(Refusal) -> Response {
        let id = configuration.behavior.stored(id: id)
        try requireListed(id, resource, call.credential)
        let sent = try body(of: call, for: .update, resource)
        guard let before = workspaces[call.credential.workspace][resource].row(id),
            let row = workspaces[call.credential.workspace].update(id, in: resource, with: sent, now: call.now)
        else { throw missing(resource) }
        note(.updated(before: before), row, resource, inWorkspace: call.credential.workspace, now: call.now)
        return response(with: row, as: configuration.behavior.writeResponse, status: .ok)
    }

    /// Serves `DELETE /projects/:id` and `DELETE /issues/:id`.
    mutating func delete(_ resource: Resource, _ id: String, _ call: Call) throws(Refusal) -> Response {
        let id = configuration.behavior.stored(id: id)
        try requireListed(id, resource, call.credential)
        let time = workspaces[call.credential.workspace][resource].stamp(call.now)
        guard let row = workspaces[call.credential.workspace][resource].trash(id, at: time) else {
            throw missing(resource)
        }
        note(.deleted, row, resource, inWorkspace: call.credential.workspace, now: call.now)
        return response(with: row, as: configuration.behavior.deleteResponse, status: .ok)
    }

    private func requireListed(_ id: String, _ resource: Resource, _ credential: Credential) throws(Refusal) {
        let row = workspaces[credential.workspace].row(id, in: resource, for: credential.viewer)
        guard let row, row.trashedAt == nil else { throw missing(resource) }
    }

    private func body(
        of call: Call,
        for purpose: BodyRules.Purpose,
        _ resource: Resource
    ) throws(Refusal) -> JSONObject {
        guard call.request.contentType?.lowercased().hasPrefix("application/json") == true else {
            throw Refusal(.unsupportedMediaType, "The body must be application/json.")
        }
        let workspace = workspaces[call.credential.workspace]
        let rules = BodyRules(
            behavior: configuration.behavior,
            workspace: workspace,
            resource: resource,
            viewer: call.credential.viewer
        )
        return try rules.check(call.request.body ?? [], purpose)
    }

    private func response(with row: Row, as form: WriteResponse, status: CreateStatus) -> Response {
        if configuration.behavior.writeCompletion == .queued {
            let job: JSONValue = ["job": ["id": .string("job_\(row.revision)"), "status": "queued"]]
            return .json(job.serialized(), status: 202)
        }
        let code = status == .created ? 201 : 200
        let object = configuration.behavior.writtenMembers == .all ? row.bytes : idAlone(row)
        return switch form {
        case .object: .json(object, status: code)
        case .wrapped: .json(Self.wrapped(object), status: code)
        case .empty: .noContent
        }
    }

    private func idAlone(_ row: Row) -> [UInt8] {
        let number = configuration.behavior.idType == .number ? JSONNumber(text: row.id) : nil
        let object: JSONValue = ["id": number.map(JSONValue.number) ?? .string(row.id)]
        return object.serialized()
    }
}
