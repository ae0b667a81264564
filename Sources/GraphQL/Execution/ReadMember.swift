package import JSON

/// A part of an object that is read: one of its members, a member of objects within it, or everything.
package enum ReadMember: Sendable, Hashable {
    /// A member of the object itself.
    case own(JSONKey)
    /// A member of an object within the object, or of each object of a list within it, by the path of names.
    case nested([JSONKey])
    /// Everything: a field returns the object itself, or a member whose name is not known yet.
    case everything
}

extension ReadMember {
    /// A hash of the member.
    package var tag: Int {
        switch self {
        case .own(let key): key.tag
        case .nested(let path): path.reduce(path.count) { $0 &* 31 &+ $1.tag }
        case .everything: 0
        }
    }

    /// Whether an object, or one within it, lacks the member; an object that is null itself lacks none.
    package func isLacking(in json: JSONDocument, at node: Int) -> Bool {
        switch self {
        case .own(let key): json.member(key, of: node) == nil
        case .nested(let path): !path[...].visit(json, node) { $1 != nil }
        case .everything: true
        }
    }

    /// Whether an object, or one within it, has the member.
    package func isShown(in json: JSONDocument, at node: Int) -> Bool {
        switch self {
        case .own(let key): json.member(key, of: node) != nil
        case .nested(let path): !path[...].visit(json, node) { $1 == nil }
        case .everything: false
        }
    }

    /// Whether an object, or one within it, has a value for the member.
    package func hasValue(in json: JSONDocument, at node: Int) -> Bool {
        switch self {
        case .own(let key): json.member(key, of: node).map { json.node($0).kind != .null } ?? false
        case .nested, .everything: values(in: json, at: node).contains { json.node($0).kind != .null }
        }
    }

    /// The nodes of the member's values; empty for `everything`.
    package func values(in json: JSONDocument, at node: Int) -> [Int] {
        switch self {
        case .own(let key): return json.member(key, of: node).map { [$0] } ?? []
        case .nested(let path):
            var values: [Int] = []
            path[...].visit(json, node) { _, value in
                if let value { values.append(value) }
                return true
            }
            return values
        case .everything: return []
        }
    }

    /// The objects that lack the member, with the member that each of them lacks.
    package func lacking(in json: JSONDocument, at node: Int) -> [(object: Int, member: ReadMember)] {
        guard case .nested(let path) = self, let name = path.last else { return [(node, self)] }
        var lacking: [(object: Int, member: ReadMember)] = []
        path[...].visit(json, node) { object, value in
            if value == nil { lacking.append((object, .own(name))) }
            return true
        }
        return lacking
    }
}

extension ArraySlice<JSONKey> {
    /// Visits each object at the end of the path without its last name, with the node of the member with the last name.
    ///
    /// - Returns: false if a visit has returned false, which ends the visits.
    @discardableResult
    fileprivate func visit(_ json: JSONDocument, _ node: Int, _ body: (_ object: Int, _ value: Int?) -> Bool) -> Bool {
        let kind = json.node(node).kind
        if kind == .array { return json.elements(of: node).allSatisfy { visit(json, $0, body) } }
        guard kind == .object, let key = first else { return true }
        let value = json.member(key, of: node)
        if count == 1 { return body(node, value) }
        return value.map { dropFirst().visit(json, $0, body) } ?? true
    }
}
