internal import JSON

extension SourceDocument {
    /// The empty object.
    package static let empty = SourceDocument(JSONDocument(.object(JSONObject())), origin: -1)
}

extension Execution {
    /// The bytes of all documents with its values.
    package var dataBytes: Int { documents.reduce(0) { $0 + $1.json.bytes.count } }

    /// Resolves a reference into a linked document to the value that it refers to.
    ///
    /// A document's linked documents follow it in the table.
    func locate(_ value: ValueReference) -> (document: Int, node: Int) {
        let json = documents[Int(value.document)].json
        let index = json.resolve(Int(value.node))
        let node = json.node(index)
        guard node.kind == .reference else { return (Int(value.document), index) }
        let target = json.reference(of: node)
        return (Int(value.document) + target.document, target.node)
    }

    /// The value of an unbound field, in its parent object.
    func value(of field: PlanField, _ id: PlanFieldID, in parent: ValueReference) -> ValueReference? {
        let document = Int(parent.document)
        switch field.source {
        case .member, .memberNamed:
            guard let key = context.memberKey(of: field, id),
                let node = documents[document].json.member(key, of: Int(parent.node))
            else { return nil }
            return ValueReference(document: document, node: node)
        case .parent:
            return parent
        case .memberByDeprecation, .bound, .typename, .introspectionSchema, .introspectionType:
            return nil
        }
    }

    /// The concrete type of an object.
    ///
    /// https://spec.graphql.org/September2025/#ResolveAbstractType()
    func concreteType(of document: Int, _ node: Int, in selection: PlanSelection) -> ConcreteType {
        let executable = plan.executable
        guard let discriminator = executable.discriminator(of: selection.type) else {
            return .known(selection.type, variant: 0)
        }
        let json = documents[document].json
        guard let member = json.member(discriminator.member, of: node), json.node(member).kind != .null else {
            return .unnamed
        }
        guard let name = json.stringValue(of: member) else { return .unreadable(json.value(at: member)) }
        guard let type = discriminator.types[ExactString(name)], let variant = selection.variantOfType[type] else {
            return .wrong(name)
        }
        return .known(type, variant: variant)
    }
}
