/// One condition that a listed row meets.
enum RowFilter: Hashable, Sendable {
    /// The member equals a text.
    case equals(member: String, text: String)
    /// The due date lies before a day, and the row is not closed.
    case overdue(before: String)
    /// The key's rights include the row.
    case visible(to: Viewer)

    /// Whether a row meets the condition.
    func accepts(_ row: Row, of resource: Resource) -> Bool {
        switch self {
        case .equals(let member, let text):
            return row.text(member) == text
        case .overdue(let today):
            // Days are stored as `YYYY-MM-DD`, whose texts sort as the days do.
            guard let due = row.text(resource.dateMember), let status = row.text("status") else { return false }
            return due < today && !Vocabulary.closedIssueStatuses.contains(status)
        case .visible(let viewer):
            return viewer.sees(projectID: row.projectID(in: resource))
        }
    }
}
