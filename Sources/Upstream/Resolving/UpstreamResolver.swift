package import GraphQL
internal import JSON

/// Resolves bound fields of one client request with as few calls of the upstream as it can.
package struct UpstreamResolver: FieldResolver {
    let table: BindingTable
    let session: CallSession

    /// Makes a resolver for one client request.
    package init(table: BindingTable, session: CallSession) {
        self.table = table
        self.session = session
    }

    /// The keys of one entity type are known together, whatever fields they come from, and are fetched together.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] {
        guard requests.count > 1, session.broker.options.batching else { return requests.map { [$0] } }
        var groups: [[FieldRequest]] = []
        var groupOfEntity: [TypeID: Int] = [:]
        for request in requests {
            guard case .entity(let entity, _) = table[request.binding] else {
                groups.append([request])
                continue
            }
            if let group = groupOfEntity[entity.type] {
                groups[group].append(request)
            } else {
                groupOfEntity[entity.type] = groups.count
                groups.append([request])
            }
        }
        return groups
    }

    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        if let first = requests.first, case .entity(let entity, _) = table[first.binding] {
            return await resolveEntities(requests, entity)
        }
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }

    package func resolve(_ request: FieldRequest) async -> Resolution {
        switch table[request.binding] {
        case .get(let template, let entity): await resolveObjects(template, entity, request)
        case .entity(let entity, _): await resolveEntities([request], entity).first ?? Resolution()
        case .list(let collection): await resolveCollections(collection, request)
        case .entries(let key, let value): resolveEntries(key: key, value: value, request)
        case .write(let write): await resolveWrite(write, request)
        case .gateway(let view): await resolve(view, request)
        }
    }

    // MARK: - Objects

    /// Fetches one object for each parent, equal paths once; a parent without a path has none.
    private func resolveObjects(
        _ template: CallTemplate,
        _ entity: Entity?,
        _ request: FieldRequest
    ) async -> Resolution {
        var calls: [Call] = []
        var ordinals: [Call: Int] = [:]
        var callOfParent: [Int?] = []
        callOfParent.reserveCapacity(request.parents.count)
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            guard let path = template.expand(arguments: request.arguments, parent: document, node: Int(parent.node)),
                let workspace = workspace(of: document, request)
            else {
                callOfParent.append(nil)
                continue
            }
            let call = Call(workspace: workspace, path: path)
            if session.broker.options.deduplication, let known = ordinals[call] {
                callOfParent.append(known)
            } else {
                ordinals[call] = calls.count
                callOfParent.append(calls.count)
                calls.append(call)
            }
        }
        var resolution = Resolution()
        let purpose = CallPurpose(policy: table.policy(of: request.binding), entity: entity)
        let values = await session.fetch(calls, purpose: purpose).enumerated().map { index, outcome in
            value(of: outcome, entity: entity, workspace: calls[index].workspace, in: &resolution)
        }
        resolution.values = callOfParent.map { $0.map { values[$0] } ?? .null }
        return resolution
    }

    private func value(
        of outcome: CallOutcome,
        entity: Entity?,
        workspace: Int,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch outcome {
        case .missing:
            return .null
        case .failed(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        case .answered(let document):
            let reader = session.broker.workspaces[workspace].reader
            guard let node = reader.object(in: document, entity: entity) else { return .null }
            resolution.documents.append(document)
            return .found(document: resolution.documents.count - 1, node: node)
        }
    }

    /// The workspace that a field of a parent asks: the parent's own; at the root the one that the argument `workspace`
    /// names, else the first that the caller may use.
    func workspace(of parent: SourceDocument, _ request: FieldRequest) -> Int? {
        if parent.origin >= 0 { return parent.origin }
        if case .string(let slug)? = request.arguments["workspace"] {
            return session.broker.workspaces.first { $0.slug == slug }?.index
        }
        return session.usableWorkspaces.first ?? 0
    }

    // MARK: - Entries

    /// Shows each parent's members as a list; the values stay where they are.
    private func resolveEntries(key: String, value: String, _ request: FieldRequest) -> Resolution {
        var resolution = Resolution()
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            var builder = JSONDocumentBuilder()
            builder.beginArray()
            for member in document.json.members(of: Int(parent.node)) {
                builder.beginObject()
                builder.key(key)
                builder.string(document.json.stringValue(of: member.key) ?? "")
                builder.key(value)
                builder.reference(to: member.value, in: 1)
                builder.endObject()
            }
            builder.endArray()
            let list = SourceDocument(builder.finish(), origin: document.origin, linked: [document])
            resolution.values.append(.found(document: resolution.documents.count, node: 0))
            resolution.documents.append(list)
        }
        return resolution
    }
}

extension FieldRequest {
    /// The named type of the field.
    var type: NamedType { plan.executable.schema.namedType(of: plan[field].definition.type) }
}
