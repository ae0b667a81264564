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

    /// Fields that are resolved together: keys of one entity type are fetched together, and lists of one path can be cut
    /// from each other.
    ///
    /// Objects by key come last: they wait for the lists that are in flight by then.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] {
        guard requests.count > 1, session.broker.options.batching else { return requests.map { [$0] } }
        var batches: [[FieldRequest]] = []
        var positions: [Batch: Int] = [:]
        for request in requests {
            guard let batch = batch(of: request) else {
                batches.append([request])
                continue
            }
            if let position = positions[batch] {
                batches[position].append(request)
            } else {
                positions[batch] = batches.count
                batches.append([request])
            }
        }
        return batches.filter { !isByKey($0) } + batches.filter { isByKey($0) }
    }

    private func isByKey(_ batch: [FieldRequest]) -> Bool {
        guard let first = batch.first, case .entity = table[first.binding] else { return false }
        return true
    }

    /// What makes fields be resolved together.
    private enum Batch: Hashable {
        case entities(TypeID)
        case lists(TypeID?, path: String, workspace: Int, CachePolicy)
    }

    private func batch(of request: FieldRequest) -> Batch? {
        switch table[request.binding] {
        case .entity(let entity, _):
            return .entities(entity.type)
        case .list(let collection):
            guard let workspace = onlyWorkspace(of: request) else { return nil }
            let path = collection.template.template.text.prefix { $0 != "{" && $0 != "?" }
            return .lists(
                collection.entity?.type,
                path: String(path),
                workspace: workspace,
                table.policy(of: request.binding)
            )
        case .get, .entries, .write, .gateway:
            return nil
        }
    }

    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        let resolutions: [Resolution]
        switch requests.first.map({ table[$0.binding] }) {
        case .entity(let entity, _): resolutions = await resolveEntities(requests, entity)
        case .list: resolutions = await resolveCollections(requests)
        case .get, .entries, .write, .gateway, nil:
            var each: [Resolution] = []
            for request in requests { each.append(await resolve(request)) }
            return each
        }
        return zip(requests, resolutions).map { failingIncompleteParents(of: $0, $1) }
    }

    package func resolve(_ request: FieldRequest) async -> Resolution {
        let resolution =
            switch table[request.binding] {
            case .get(let template, let entity, let content): await resolveObjects(template, entity, content, request)
            case .entity(let entity, _): await resolveEntities([request], entity).first ?? Resolution()
            case .list: await resolveCollections([request]).first ?? Resolution()
            case .entries(let key, let value): resolveEntries(key: key, value: value, request)
            case .write(let write): await resolveWrite(write, request)
            case .gateway(let view): await resolve(view, request)
            }
        return failingIncompleteParents(of: request, resolution)
    }

    /// The resolution with failures for parents without a value because a member that the field reads could not be had.
    private func failingIncompleteParents(of request: FieldRequest, _ resolution: Resolution) -> Resolution {
        guard !request.hasCompleteParents else { return resolution }
        var resolution = resolution
        let members = table[request.binding].parentMembers
        for (position, parent) in request.parents.enumerated()
        where position < resolution.values.count && resolution.values[position] == .null {
            let failures = members.lazy.compactMap { request.failure(ofMember: $0, of: parent) }
            guard let failure = failures.first else { continue }
            resolution.values[position] = .failed(resolution.failures.count)
            resolution.failures.append(failure)
        }
        return resolution
    }

    // MARK: - Objects

    /// Fetches one object for each parent, equal paths once; a parent without a path has none.
    private func resolveObjects(
        _ template: CallTemplate,
        _ entity: Entity?,
        _ content: ExpectedContent,
        _ request: FieldRequest
    ) async -> Resolution {
        let workspaceAtRoot: Int?
        do {
            workspaceAtRoot = request.isAtRoot ? try workspace(atRoot: request) : nil
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
        var calls: [Call] = []
        var ordinals: [Call: Int] = [:]
        var callOfParent: [Int?] = []
        callOfParent.reserveCapacity(request.parents.count)
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            guard let path = template.expand(arguments: request.arguments, parent: document, node: Int(parent.node)),
                let workspace = document.origin >= 0 ? document.origin : workspaceAtRoot
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
        let purpose = CallPurpose(policy: table.policy(of: request.binding), entity: entity, content: content)
        let values = await session.fetch(calls, purpose: purpose).enumerated().map { index, outcome in
            value(of: outcome, purpose, workspace: calls[index].workspace, in: &resolution)
        }
        resolution.values = callOfParent.map { $0.map { values[$0] } ?? .null }
        return resolution
    }

    private func value(
        of outcome: CallOutcome,
        _ purpose: CallPurpose,
        workspace: Int,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch outcome {
        case .missing:
            return .null
        case .failed(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        case .found(let document):
            let reader = session.broker.workspaces[workspace].reader
            guard let node = reader.object(in: document, expecting: purpose.content),
                !(purpose.entity?.isDeleted(node, in: document) ?? false)
            else { return .null }
            resolution.documents.append(document)
            return .found(document: resolution.documents.count - 1, node: node)
        }
    }

    /// The workspace that a field at the root asks: the one that the argument `workspace` names, else the first that the
    /// caller may use.
    func workspace(atRoot request: FieldRequest) throws(FieldFailure) -> Int {
        try WorkspaceSelection(session: session).one(workspaceArgument(of: request).value)
    }

    /// The argument of a field that chooses workspaces, and its value.
    func workspaceArgument(of request: FieldRequest) -> (name: String, value: JSONValue?) {
        guard let name = table.workspaceArgument(of: request.binding) else { return ("", nil) }
        return (name, request.arguments[name])
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
    /// Whether a parent belongs to no workspace, so that the arguments choose one.
    var isAtRoot: Bool { parents.contains { documents[Int($0.document)].origin < 0 } }

    /// The named type of the field.
    var type: NamedType { plan.executable.schema.namedType(of: plan[field].definition.type) }
}
