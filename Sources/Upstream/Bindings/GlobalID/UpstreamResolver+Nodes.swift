internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Loads objects by their global ids; those of one type are loaded together.
    func resolveNodes(_ request: FieldRequest, argument: String) async -> Resolution {
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
                    let workspace = session.slugs.firstIndex(of: id.workspace)
                else { return nil }
                return (index, wanted.add(id.key, in: workspace))
            }
            var loader = EntityLoader(
                session: session,
                entity: entity,
                policy: table.policy(of: request.binding),
                members: ReadMembers(of: request.field, in: request.plan, table: table, type: entity.type)
            )
            loader.areNamed = true
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
            case .incomplete(let partial, let failure):
                let typed = typed(partial.document, partial.node, as: id?.type ?? "", request)
                builder.reference(to: 0, in: linked.number(of: typed))
                resolution.incompleteObjects += partial.within(typed).incomplete(failure)
            case .at(let document, let node):
                // If the row does not name its type, a copy that does is made, with the same origin.
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
        guard let objectType = request.plan.executable.schema[type] else { return document }
        return TypeMark(member: request.type.discriminatorMember, text: objectType.discriminatorText)
            .marked(node, of: document)
    }
}
