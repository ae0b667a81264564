internal import GraphQL
internal import JSON

/// A binding to the members of the parent as a list of keys and values, which takes no call.
struct EntriesBinding: SingleFieldBinding {
    /// The names of the members in which the list's objects have keys and values.
    let key: String
    let value: String

    var showsParent: Bool { true }
}

extension EntriesBinding: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        let type = reader.schema.namedType(of: field.definition.type)
        guard field.definition.type.listItem != nil, let key = type.fields["key"], let value = type.fields["value"]
        else {
            let message = "@entries of \(field.subject) needs a list of a type with the fields \"key\" and \"value\"."
            reader.report(message, arguments.range)
            return
        }
        reader.bind(EntriesBinding(key: key.upstreamName, value: value.upstreamName), to: field)
    }
}

extension EntriesBinding {
    /// Shows each parent's members as a list that refers to the values in the parent's document.
    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        var resolution = Resolution()
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            var builder = JSONDocumentBuilder()
            builder.beginArray()
            for member in document.json.members(of: Int(parent.node)) {
                builder.beginObject()
                builder.key(key)
                builder.string(document.json.name(of: member.member) ?? "")
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

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        let listed = field.parents.holding(1, of: estimator.assumedRows, id: estimator.number(of: field))
        estimator.descend(field.id, listed, at: field.slot)
    }
}
