internal import JSON

/// One stored object, and its JSON as responses carry it.
struct Row: Sendable {
    /// The object's id.
    let id: String

    /// The object as stored: dates are days, in whatever form responses show them.
    let members: JSONObject

    /// The time at which the object went to Trash; nil while it is listed.
    let trashedAt: UnixTime?

    /// Grows with every write to the table, so that rows which compare equal still have an order: latest first.
    let revision: Int

    /// Whether no response shows the row, although `count` includes it.
    let isHidden: Bool

    /// The object's JSON.
    let bytes: [UInt8]

    /// The JSON that lists carry: the same bytes, or those of the summary.
    let listBytes: [UInt8]

    /// Returns the text of a member; nil if its value is not a text.
    func text(_ member: String) -> String? {
        guard case .string(let text)? = members[member] else { return nil }
        return text
    }

    /// The id of the project that the row is or belongs to.
    func projectID(in resource: Resource) -> String? {
        resource == .projects ? id : text("project_id")
    }
}
