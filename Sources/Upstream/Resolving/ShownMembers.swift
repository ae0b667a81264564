internal import GraphQL
internal import JSON

/// Which members any row of a collection's response has.
struct ShownMembers {
    private struct Question: Hashable {
        let document: ObjectIdentifier
        let member: JSONKey
    }

    private var known: [Question: Bool] = [:]

    init() {}

    /// Whether a row of a response has a member; the response must stay alive.
    mutating func contains(_ member: JSONKey, _ document: SourceDocument, _ reader: ResponseReader) -> Bool {
        let question = Question(document: ObjectIdentifier(document), member: member)
        if let known = known[question] { return known }
        var hint = 0
        let isShown = reader.rows(in: document).map { rows in
            document.json.elements(of: rows).contains {
                document.json.member(member.digest, of: $0, hint: &hint) != nil
            }
        }
        known[question] = isShown ?? false
        return isShown ?? false
    }
}
