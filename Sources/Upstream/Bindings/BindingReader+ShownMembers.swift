internal import GraphQL
internal import JSON

extension BindingReader {
    /// The members of an object that its fields can show or read.
    ///
    /// A name that a directive mentions counts as a member: too many members do no harm.
    ///
    /// - Parameter type: the object's type.
    /// - Returns: the members; nil: all, because a field shows the whole object.
    func shownMembers(of type: NamedType) -> Set<JSONKey>? {
        var members: Set<JSONKey> = []
        var visited: Set<TypeID> = []
        return addShownMembers(of: type, to: &members, &visited) ? members : nil
    }

    private func addShownMembers(
        of type: NamedType,
        to members: inout Set<JSONKey>,
        _ visited: inout Set<TypeID>
    ) -> Bool {
        guard visited.insert(type.id).inserted else { return true }
        let others = type.isAbstract ? schema.possibleTypes(of: type.id).map { schema[$0] } : []
        for other in others where !addShownMembers(of: other, to: &members, &visited) { return false }
        // An abstract type of the object may declare the member that names its concrete type.
        let declared =
            [type] + schema.types.filter { $0.isAbstract && schema.possibleTypes(of: $0.id).contains(type.id) }
        for directive in declared.flatMap(\.directives) { members.formUnion(directive.mentionedNames) }
        for field in type.fields {
            members.insert(JSONKey(field.upstreamName))
            for directive in field.directives { members.formUnion(directive.mentionedNames) }
            // These show members whose names are data.
            if DirectiveArguments(.member, in: field.directives) != nil
                || DirectiveArguments(.entries, in: field.directives) != nil
            {
                return false
            }
            guard DirectiveArguments(.parent, in: field.directives) != nil else { continue }
            let shown = schema.namedType(of: field.type)
            guard shown.isComposite, addShownMembers(of: shown, to: &members, &visited) else { return false }
        }
        return true
    }
}

extension DirectiveNode {
    /// The member names in its arguments.
    fileprivate var mentionedNames: Set<JSONKey> {
        arguments.reduce(into: []) { $0.formUnion($1.value.mentionedNames) }
    }
}

extension ValueNode {
    /// The member names in texts, such as the variables of a URI template.
    fileprivate var mentionedNames: Set<JSONKey> {
        switch self {
        case .string(let node):
            let words = node.value.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
            return Set(words.map { JSONKey(String($0)) } + [JSONKey(node.value)])
        case .list(let items, _): return items.reduce(into: []) { $0.formUnion($1.mentionedNames) }
        case .object(let fields, _): return fields.reduce(into: []) { $0.formUnion($1.value.mentionedNames) }
        case .variable, .int, .float, .boolean, .null, .enumeration: return []
        }
    }
}
