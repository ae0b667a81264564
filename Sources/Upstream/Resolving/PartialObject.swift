internal import GraphQL
internal import JSON

/// A representation of an entity that lacks selected members, such as a summary row.
struct PartialObject {
    /// The entity's key.
    let key: String
    /// Whether the upstream itself has stated the object's key, so that it can have no other.
    let isKeyAsserted: Bool
    let document: SourceDocument
    let node: Int
    /// The members that it lacks and that are not known to be null.
    let missing: [ReadMember]
    /// The kind of response that shows this representation; nil: none does, and nothing is learned from it.
    let source: MemberKnowledge.Representation.Source?

    /// The object, and objects within it, that lack members, with the reason why they could not be completed.
    func incomplete(_ failure: FieldFailure) -> [IncompleteObject] {
        var members: [Int: [ReadMember]] = [:]
        for (object, member) in missing.flatMap({ $0.lacking(in: document.json, at: node) }) {
            members[object, default: []].append(member)
        }
        return members.sorted { $0.key < $1.key }.map { object, members in
            IncompleteObject(document: document, node: object, members: members, failure: failure)
        }
    }

    /// The same representation as the root of a copied document.
    func within(_ copy: SourceDocument) -> PartialObject {
        PartialObject(
            key: key,
            isKeyAsserted: isKeyAsserted,
            document: copy,
            node: 0,
            missing: missing,
            source: source
        )
    }
}
