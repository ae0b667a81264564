internal import GraphQL
internal import JSON

/// The member of an object that names its type, among those of an interface or a union, and how it names one of them.
struct TypeMark: Sendable, Hashable {
    let member: JSONKey
    let text: String

    /// Whether an object is of the type.
    func isOn(_ node: Int, of json: JSONDocument) -> Bool {
        json.member(member, of: node).flatMap { json.stringValue(of: $0) }.map { ExactString($0) == ExactString(text) }
            ?? false
    }

    /// Whether an object says nothing of its type.
    func isMissing(on node: Int, of json: JSONDocument) -> Bool {
        json.member(member, of: node).map { json.node($0).kind == .null } ?? true
    }

    /// A copy of an object that has the mark, with the same origin.
    func marked(_ node: Int, of document: SourceDocument) -> SourceDocument {
        guard case .object(var object) = document.json.value(at: node) else { return document }
        object[member.name] = .string(text)
        return SourceDocument(JSONDocument(.object(object)), origin: document.origin)
    }
}

extension NamedType {
    /// The member of objects that names which of the types of an interface or a union they are of.
    var discriminatorMember: JSONKey {
        JSONKey(DirectiveArguments(.discriminator, in: directives)?.string("member") ?? "__typename")
    }

    /// How that member names an object type.
    var discriminatorText: String { DirectiveArguments(.json, in: directives)?.string("name") ?? name }
}
