package import JSON

/// The expected content of a response, which distinguishes data from the envelope around it and from a stated error.
package enum ExpectedContent: Sendable, Hashable {
    /// A collection's rows.
    case rows
    /// One object. Bare, it has one of the members that identify it at its root; `declaring` are those members that would
    /// state an error and that the object's type has itself.
    case object(identifiedBy: [JSONKey], declaring: [JSONKey])
    /// Any JSON, such as what a scalar shows.
    case anything

    /// Whether a root value is the object itself, without an envelope.
    func isBare(_ json: JSONDocument) -> Bool {
        guard case .object(let members, _) = self else { return false }
        return members.contains { member in
            json.member(member, of: 0).map { json.node($0).kind != .null } ?? false
        }
    }

    /// The members that would state an error and are the object's own.
    var declared: [JSONKey] { if case .object(_, let declared) = self { declared } else { [] } }
}
