internal import GraphQL
internal import JSON

/// The discriminator of an object type: the member by which objects of an interface or a union name their type, and its value.
struct TypeMark: Sendable, Hashable {
    let member: JSONKey
    let text: String

    /// Whether an object has the type.
    func isOn(_ node: Int, of json: JSONDocument) -> Bool {
        json.member(member, of: node).flatMap { json.stringValue(of: $0) }.map { ExactString($0) == ExactString(text) }
            ?? false
    }

    /// Whether an object does not name its type.
    func isMissing(on node: Int, of json: JSONDocument) -> Bool {
        json.member(member, of: node).map { json.node($0).kind == .null } ?? true
    }

    /// A copy of an object with the mark added, and the same origin.
    func marked(_ node: Int, of document: SourceDocument) -> SourceDocument {
        guard case .object(var object) = document.json.value(at: node) else { return document }
        object[member.name] = .string(text)
        return SourceDocument(JSONDocument(.object(object)), origin: document.origin)
    }
}

extension NamedType {
    /// The member by which objects name their type among those of an interface or a union.
    var discriminatorMember: JSONKey {
        JSONKey(DirectiveArguments(.discriminator, in: directives)?.string("member") ?? "__typename")
    }

    /// The value of that member for an object type.
    var discriminatorText: String { DirectiveArguments(.json, in: directives)?.string("name") ?? name }
}
