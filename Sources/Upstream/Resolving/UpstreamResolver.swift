package import GraphQL
internal import JSON

/// Resolves bound fields of one client request with calls of the upstream.
package struct UpstreamResolver: FieldResolver {
    let table: BindingTable
    let session: CallSession
    let reader: ResponseReader

    /// Makes a resolver for one client request.
    package init(table: BindingTable, session: CallSession) {
        self.table = table
        self.session = session
        reader = ResponseReader(conventions: table.conventions)
    }

    package func resolve(_ need: Need) async -> Resolution {
        switch table[need.binding] {
        case .get(let template): await resolveObjects(template, need)
        case .list(let collection): await resolveCollections(collection, need)
        case .reference(let key, let entity): await resolveReferences(key, entity, need)
        case .entries(let key, let value): resolveEntries(key: key, value: value, need)
        }
    }

    // MARK: - Objects

    private func resolveObjects(_ template: CallTemplate, _ need: Need) async -> Resolution {
        let entity = table.entity(of: need.type.id)
        return await resolve(need, entity: entity) { document, node in
            template.expand(arguments: need.arguments, parent: document, node: node)
        }
    }

    private func resolveReferences(_ key: JSONKey, _ entity: Entity, _ need: Need) async -> Resolution {
        var hint = 0
        return await resolve(need, entity: entity) { document, node in
            document.json.member(key, of: node, hint: &hint)
                .flatMap { document.json.scalarText(of: $0) }
                .map { entity.path(of: $0) }
        }
    }

    /// Fetches one object for each parent, equal paths once; a parent without a path has none.
    private func resolve(
        _ need: Need,
        entity: Entity?,
        path: (SourceDocument, Int) -> String?
    ) async -> Resolution {
        var calls: [Call] = []
        var ordinals: [String: Int] = [:]
        var callOfParent: [Int?] = []
        callOfParent.reserveCapacity(need.parents.count)
        for parent in need.parents {
            guard let path = path(need.documents[Int(parent.document)], Int(parent.node)) else {
                callOfParent.append(nil)
                continue
            }
            if let known = ordinals[path] {
                callOfParent.append(known)
            } else {
                ordinals[path] = calls.count
                callOfParent.append(calls.count)
                calls.append(Call(path: path))
            }
        }
        var resolution = Resolution()
        let values = await session.fetch(calls).map { value(of: $0, entity: entity, in: &resolution) }
        resolution.values = callOfParent.map { $0.map { values[$0] } ?? .null }
        return resolution
    }

    private func value(
        of outcome: CallOutcome,
        entity: Entity?,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch outcome {
        case .missing:
            return .null
        case .failed(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        case .answered(let document):
            guard let node = reader.object(in: document, entity: entity) else { return .null }
            resolution.documents.append(document)
            return .found(document: resolution.documents.count - 1, node: node)
        }
    }

    // MARK: - Entries

    /// Shows each parent's members as a list; the values stay where they are.
    private func resolveEntries(key: String, value: String, _ need: Need) -> Resolution {
        var resolution = Resolution()
        for parent in need.parents {
            let document = need.documents[Int(parent.document)]
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

extension Need {
    /// The named type of the field.
    var type: NamedType { plan.executable.schema.namedType(of: plan[field].definition.type) }
}
