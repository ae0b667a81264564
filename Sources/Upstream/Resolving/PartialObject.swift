internal import GraphQL
internal import JSON

/// A representation of an entity that lacks members which are read, such as a summary row.
struct PartialObject {
    /// The entity's key.
    let key: String
    /// Whether the upstream itself has said that this is the object's key, so that it can have no other.
    let isKeyAsserted: Bool
    let document: SourceDocument
    let node: Int
    /// The members that it lacks and that are not known to be null.
    let missing: [JSONKey]
    /// Which kind of response shows the object so; nil: none does, and nothing is learned from it.
    let source: MemberKnowledge.Representation.Source?

    /// The object as it is, with the reason why it is no more.
    func incomplete(_ failure: FieldFailure) -> IncompleteObject {
        IncompleteObject(document: document, node: node, members: missing, failure: failure)
    }
}
