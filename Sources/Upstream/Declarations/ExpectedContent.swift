package import JSON

/// The expected content of a response, which distinguishes data from the envelope around it and from a stated error.
package enum ExpectedContent: Sendable, Hashable {
    /// A collection's rows.
    case rows
    /// One object. Bare, it has one of the identifying members at its root; `declaring` has those members of an envelope or of a stated
    /// error that the object's type has itself.
    case object(identifiedBy: [JSONKey], declaring: [JSONKey])
    /// Any JSON, such as the value of a custom scalar.
    case anything

    /// Whether a root value is the object itself, without an envelope.
    func isBare(_ json: JSONDocument) -> Bool {
        guard case .object(let members, _) = self else { return false }
        return members.contains { member in
            json.member(member, of: 0).map { json.node($0).kind != .null } ?? false
        }
    }

    /// The node of the value that a response shows: the root, or the value of a member of an envelope.
    ///
    /// A type may have a member with the envelope's name itself. Then the root is the object, unless that member has an object of the
    /// type.
    func node(in json: JSONDocument, envelope: JSONKey?) -> Int {
        guard let envelope, !isBare(json), let inner = json.member(envelope, of: 0) else { return 0 }
        guard case .object(let identifying, let declared) = self, declared.contains(envelope),
            json.node(inner).kind != .null
        else { return inner }
        guard json.node(inner).kind == .object else { return 0 }
        return (identifying + declared).contains { json.member($0, of: inner) != nil } ? inner : 0
    }

    /// The members of an envelope or of a stated error that the object's type has itself.
    var declared: [JSONKey] { if case .object(_, let declared) = self { declared } else { [] } }
}
