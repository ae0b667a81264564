internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Executes a write, and shows the written object.
    func resolveWrite(_ binding: WriteBinding, _ request: FieldRequest) async -> Resolution {
        var resolution = Resolution()
        do throws(FieldFailure) {
            resolution = try await write(binding, request)
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
        return resolution
    }

    private func write(_ binding: WriteBinding, _ request: FieldRequest) async throws(FieldFailure) -> Resolution {
        try binding.template.checkValues(request.arguments)
        let policy = table.policy(of: request.binding)
        let key = binding.keyArgument?.text(in: request.arguments)
        let workspace = try workspace(atRoot: request)
        guard let path = binding.template.expand(arguments: request.arguments, parent: .empty, node: 0) else {
            throw .nothingToWrite
        }
        let body = try body(of: binding, request)
        let write = UpstreamWrite(
            method: binding.method,
            call: Call(workspace: workspace, path: path),
            route: request.binding,
            body: body?.serialized(),
            key: key,
            content: binding.content
        )
        let plan = WritePlan(
            entity: binding.entity,
            key: key,
            policy: policy,
            dependents: binding.method == .delete ? binding.dependents : [],
            isCacheable: binding.method != .delete,
            content: binding.content
        )
        // The write removes the object from the cache.
        let before = binding.method == .delete ? cached(plan, workspace: workspace) : nil
        let reader = session.reader(of: workspace)
        switch await session.write(write, plan) {
        case .done(let document, let location):
            let written = plan.written(by: document, location, reader: reader)
            let shown = MutationResult(
                session: session,
                workspace: workspace,
                plan: plan,
                method: binding.method,
                members: members(binding, request),
                body: body,
                before: before
            )
            return resolution(of: await shown.complete(written), binding, request, workspace: workspace)
        case .missing:
            throw .nothingToWrite
        case .refused(let failure, let fields):
            throw naming(fields, in: failure, binding, request)
        case .unknown(let failure), .notSent(let failure):
            throw failure
        case .limited(let pause):
            throw .rateLimited(retryAfter: pause.wholeSeconds, more: JSONObject())
        }
    }

    private func cached(_ plan: WritePlan, workspace: Int) -> CachedRepresentation? {
        guard let entity = plan.entity, let key = plan.key else { return nil }
        let purpose = CallPurpose(policy: plan.policy, entity: entity)
        return session.cachedEntity(entity, key: key, workspace: workspace, purpose: purpose)
    }

    // MARK: - Requests

    private func body(of binding: WriteBinding, _ request: FieldRequest) throws(FieldFailure) -> JSONValue? {
        guard let body = binding.body, let value = request.arguments[body.argument], !value.isNull else { return nil }
        do {
            return try body.encoding.encode(value)
        } catch {
            let path = JSONValue.array([.string(body.argument)] + error.path)
            throw FieldFailure(.badUserInput, error.message, more: ["field": path])
        }
    }

    /// Adds the rejected parts of the input to a failure, by the schema's names.
    private func naming(
        _ fields: [RefusedField],
        in failure: FieldFailure,
        _ binding: WriteBinding,
        _ request: FieldRequest
    ) -> FieldFailure {
        guard let body = binding.body, let value = request.arguments[body.argument] else { return failure }
        var failure = failure
        var named: [(path: JSONValue, message: String?)] = []
        for field in fields {
            guard let path = body.encoding.path(to: field.names, in: value), !path.isEmpty else { continue }
            named.append((.array([.string(body.argument)] + path), field.message))
        }
        guard let first = named.first else { return failure }
        failure.extensions["field"] = first.path
        if named.count > 1 {
            failure.extensions["fields"] = .array(
                named.map { ["field": $0.path, "message": $0.message.map { .string($0) } ?? .null] }
            )
        }
        return failure
    }

    // MARK: - Results

    /// The members of the object that are selected.
    private func members(_ binding: WriteBinding, _ request: FieldRequest) -> ReadMembers {
        let shown =
            switch binding.payload {
            case .object: [request.field]
            case .fields(let names): names.flatMap { request.plan.fields(named: $0, on: request.field) }
            }
        return shown.reduce(into: ReadMembers()) { members, field in
            members.formUnion(ReadMembers(of: field, in: request.plan, table: table))
        }
    }

    private func resolution(
        of object: MutationResult.Shown,
        _ binding: WriteBinding,
        _ request: FieldRequest,
        workspace: Int
    ) -> Resolution {
        var resolution = Resolution()
        resolution.incompleteObjects = object.incomplete
        switch binding.payload {
        case .object:
            if let failure = object.failure { return Resolution(failure: failure, parents: request.parents.count) }
            guard let document = object.document, let node = object.node else {
                resolution.values = request.parents.map { _ in .null }
                return resolution
            }
            resolution.documents = [document]
            resolution.values = request.parents.map { _ in .found(document: 0, node: node) }
        case .fields:
            let payload = payload(of: object, workspace: workspace)
            if let failure = object.failure {
                let members = WriteBinding.PayloadMember.allCases.map { ReadMember.own(JSONKey($0.rawValue)) }
                resolution.incompleteObjects.append(
                    IncompleteObject(document: payload, node: 0, members: members, failure: failure)
                )
            }
            resolution.documents = [payload]
            resolution.values = request.parents.map { _ in .found(document: 0, node: 0) }
        }
        return resolution
    }

    /// The object for the fields of a payload; members that are unknown because a fetch failed are left out.
    private func payload(of object: MutationResult.Shown, workspace: Int) -> SourceDocument {
        var builder = JSONDocumentBuilder(minimumCapacity: 64)
        builder.beginObject()
        if let node = object.node {
            builder.key(WriteBinding.PayloadMember.object.rawValue)
            builder.reference(to: node, in: 1)
        } else if object.failure == nil {
            builder.key(WriteBinding.PayloadMember.object.rawValue)
            builder.null()
        }
        if let key = object.key {
            builder.key(WriteBinding.PayloadMember.key.rawValue)
            builder.string(key)
        }
        builder.endObject()
        let linked = object.document.map { [$0] } ?? []
        return SourceDocument(builder.finish(), origin: workspace, linked: linked)
    }
}

extension FieldFailure {
    /// The failure of a write whose object does not exist.
    fileprivate static let nothingToWrite = FieldFailure(.notFound, "There is no such object; nothing was written.")
}
