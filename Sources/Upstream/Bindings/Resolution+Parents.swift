internal import GraphQL
internal import JSON

extension Resolution {
    /// Makes a resolution whose value for each parent is the root of a document, or null.
    init(forEachParentOf request: FieldRequest, _ value: (SourceDocument, Int) -> SourceDocument?) {
        self.init()
        for parent in request.parents {
            guard let document = value(request.documents[Int(parent.document)], Int(parent.node)) else {
                values.append(.null)
                continue
            }
            values.append(.found(document: documents.count, node: 0))
            documents.append(document)
        }
    }
}

extension JSONDocument {
    /// Makes an object of a type, with the members that fields of these names read.
    convenience init(_ values: [(field: String, value: JSONValue)], as type: NamedType) {
        self.init(.object(JSONObject(values.map { (type.fields[$0.field]?.upstreamName ?? $0.field, $0.value) })))
    }
}
