internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Shows what the gateway itself knows: workspaces, budgets, names of objects.
    func resolve(_ view: Binding.GatewayField, _ request: FieldRequest) async -> Resolution {
        switch view {
        case .workspaces:
            return chosen(request) { () throws(FieldFailure) in
                let usable = session.usableWorkspaces
                guard case .array(let slugs)? = workspaceArgument(of: request).value else {
                    return list(of: usable, as: request.type)
                }
                let named = try WorkspaceSelection(session: session).positions(of: slugs)
                return list(of: named.filter(usable.contains), as: request.type)
            }
        case .workspaceBySlug:
            return chosen(request) { () throws(FieldFailure) in
                let position = try WorkspaceSelection(session: session).usable(workspaceArgument(of: request).value)
                return document(of: position, as: request.type)
            }
        case .workspace:
            return each(request) { document, _ in
                document.origin >= 0 ? self.document(of: document.origin, as: request.type) : nil
            }
        case .quota:
            return each(request) { document, _ in quota(of: document.origin, as: request.type) }
        case .globalID(let entity):
            return each(request) { document, node in
                guard let key = entity.key(of: node, in: document), document.origin >= 0 else { return nil }
                let slug = session.broker.workspaces[document.origin].slug
                let id = GlobalID(workspace: slug, type: entity.name, key: key).text
                return SourceDocument(JSONDocument(.string(id)), origin: document.origin)
            }
        case .nodes(let argument):
            return await resolveNodes(request, argument: argument)
        }
    }

    /// Gives all parents the document of the workspaces that arguments name, or why they name none.
    private func chosen(
        _ request: FieldRequest,
        _ document: () throws(FieldFailure) -> SourceDocument
    ) -> Resolution {
        do {
            let document = try document()
            return each(request) { _, _ in document }
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
    }

    /// Gives each parent the root of a document, or null.
    private func each(_ request: FieldRequest, _ value: (SourceDocument, Int) -> SourceDocument?) -> Resolution {
        var resolution = Resolution()
        for parent in request.parents {
            guard let document = value(request.documents[Int(parent.document)], Int(parent.node)) else {
                resolution.values.append(.null)
                continue
            }
            resolution.values.append(.found(document: resolution.documents.count, node: 0))
            resolution.documents.append(document)
        }
        return resolution
    }

    /// An object whose members are those that fields of these names read.
    private func document(_ values: [(field: String, value: JSONValue)], as type: NamedType) -> JSONDocument {
        JSONDocument(.object(JSONObject(values.map { (type.fields[$0.field]?.upstreamName ?? $0.field, $0.value) })))
    }

    private func document(of workspace: Int, as type: NamedType) -> SourceDocument {
        let slug = JSONValue.string(session.broker.workspaces[workspace].slug)
        return SourceDocument(document([("slug", slug), ("name", slug)], as: type), origin: workspace)
    }

    private func list(of workspaces: [Int], as type: NamedType) -> SourceDocument {
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        for index in workspaces.indices { builder.reference(to: 0, in: index + 1) }
        builder.endArray()
        return SourceDocument(builder.finish(), origin: -1, linked: workspaces.map { document(of: $0, as: type) })
    }

    private func quota(of workspace: Int, as type: NamedType) -> SourceDocument? {
        guard let credential = session.credential(for: workspace) else { return nil }
        session.report.showedMomentary()
        let quota = session.broker.workspaces[workspace].quota(of: credential)
        func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
        let values = [
            ("limit", number(quota.limit)), ("remaining", number(quota.remaining)),
            ("resetsAt", number(quota.resetsAt)),
        ]
        return SourceDocument(document(values, as: type), origin: workspace)
    }

    // MARK: - Nodes

    /// Finds objects by their names among all types and workspaces; those of one type are fetched together.
    private func resolveNodes(_ request: FieldRequest, argument: String) async -> Resolution {
        let names: [JSONValue]
        let isList: Bool
        switch request.arguments[argument] {
        case .array(let values)?: (names, isList) = (values, true)
        case let value?: (names, isList) = ([value], false)
        case nil: (names, isList) = ([], false)
        }
        let ids = names.map { name in name.stringValue.flatMap { GlobalID(text: $0) } }
        var found = [EntityLoader.Found](repeating: .missing, count: ids.count)
        let byType = Dictionary(grouping: ids.indices.filter { ids[$0] != nil }) { ids[$0]?.type ?? "" }
        for (type, indices) in byType {
            guard let entity = table.entity(named: type) else { continue }
            var wanted = WantedEntities(sharing: true)
            let slots = indices.compactMap { index -> (index: Int, wanted: Int)? in
                guard let id = ids[index],
                    let workspace = session.broker.workspaces.first(where: { $0.slug == id.workspace })
                else { return nil }
                return (index, wanted.add(id.key, in: workspace.index))
            }
            let loader = EntityLoader(
                session: session,
                entity: entity,
                policy: table.policy(of: request.binding),
                members: SelectedMembers(of: request.field, in: request.plan, table: table, type: entity.type).keys
            )
            let loaded = await loader.load(wanted)
            for slot in slots { found[slot.index] = loaded[slot.wanted] }
        }
        return resolution(of: found, ids, isList: isList, request)
    }

    private func resolution(
        of found: [EntityLoader.Found],
        _ ids: [GlobalID?],
        isList: Bool,
        _ request: FieldRequest
    ) -> Resolution {
        var resolution = Resolution()
        var builder = JSONDocumentBuilder()
        var linked = LinkedDocuments()
        var failed: [(node: Int, failure: FieldFailure)] = []
        if isList { builder.beginArray() }
        for (entry, id) in zip(found, ids) {
            switch entry {
            case .missing: builder.null()
            case .failed(let failure): failed.append((builder.null(), failure))
            case .incomplete(let object):
                let typed = typed(object.document, object.node, as: id?.type ?? "", request)
                builder.reference(to: 0, in: linked.number(of: typed))
                resolution.incompleteObjects.append(
                    IncompleteObject(document: typed, node: 0, members: object.members, failure: object.failure)
                )
            case .at(let document, let node):
                // The row says nothing of its type; a copy that does is made. It keeps the origin.
                let typed = typed(document, node, as: id?.type ?? "", request)
                builder.reference(to: 0, in: linked.number(of: typed))
            }
        }
        if isList { builder.endArray() }
        if !isList, found.count == 1, case .failed(let failure) = found[0] {
            return Resolution(failure: failure, parents: request.parents.count)
        }
        let document = SourceDocument(builder.finish(), origin: -1, linked: linked.documents)
        resolution.incompleteObjects += failed.map {
            IncompleteObject(document: document, nullNode: $0.node, failure: $0.failure)
        }
        resolution.documents = [document]
        resolution.values = request.parents.map { _ in .found(document: 0, node: 0) }
        return resolution
    }

    private func typed(
        _ document: SourceDocument,
        _ node: Int,
        as type: String,
        _ request: FieldRequest
    ) -> SourceDocument {
        guard case .object(var object) = document.json.value(at: node),
            let objectType = request.plan.executable.schema[type]
        else { return document }
        object[table.discriminator(of: request.type).name] = .string(table.spelling(of: objectType))
        return SourceDocument(JSONDocument(.object(object)), origin: document.origin)
    }
}
