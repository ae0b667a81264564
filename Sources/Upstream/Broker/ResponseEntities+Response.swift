internal import GraphQL
internal import JSON

extension ResponseEntities {
    /// The entities of one type in a response: the rows of a list, or a single object.
    init(of entity: Entity, in document: SourceDocument, purpose: CallPurpose, reader: ResponseReader) {
        let nodes =
            purpose.isCollection
            ? reader.rowNodes(in: document) : [reader.object(in: document, expecting: purpose.content)]
        let found = nodes.compactMap { node -> (key: String, node: Int)? in
            guard let node, let key = entity.key(of: node, in: document) else { return nil }
            return (key, node)
        }
        self.init(type: entity.type, nodes: found, isList: purpose.isCollection)
    }
}
