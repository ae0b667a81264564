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
    let missing: [ReadMember]
    /// Which kind of response shows the object so; nil: none does, and nothing is learned from it.
    let source: MemberKnowledge.Representation.Source?

    /// The object, and those within it that lack a member, with the reason why they are no more than they are.
    func incomplete(_ failure: FieldFailure) -> [IncompleteObject] {
        var members: [Int: [ReadMember]] = [:]
        for (object, member) in missing.flatMap({ $0.lacking(in: document.json, at: node) }) {
            members[object, default: []].append(member)
        }
        return members.sorted { $0.key < $1.key }.map { object, members in
            IncompleteObject(document: document, node: object, members: members, failure: failure)
        }
    }

    /// The same object as the root of a copy.
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
