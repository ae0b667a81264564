/// The two collections of the API.
enum Resource: String, Sendable, CaseIterable {
    case projects
    case issues

    /// The members that a list may be sorted by.
    var sortableMembers: Set<String> {
        switch self {
        case .projects: ["id", "name", "description", "status", "priority", "target_date", "created_at", "updated_at"]
        case .issues:
            [
                "id", "project_id", "title", "description", "status", "priority", "assignee_id", "due_date",
                "created_at",
                "updated_at",
            ]
        }
    }

    /// The query parameters that compare a member with a text.
    var equalityFilters: [String] {
        switch self {
        case .projects: ["status"]
        case .issues: ["project_id", "status", "assignee_id"]
        }
    }

    /// The members that a summary row lacks.
    var membersBeyondSummary: [String] {
        ["description", "labels", "custom_fields"]
    }

    /// The member that holds a date.
    var dateMember: String {
        switch self {
        case .projects: "target_date"
        case .issues: "due_date"
        }
    }

    /// The member that a change by itself rewrites.
    var nameMember: String {
        switch self {
        case .projects: "name"
        case .issues: "title"
        }
    }

    /// The prefix of new rows' ids.
    var identifierKind: Identifier.Kind {
        switch self {
        case .projects: .project
        case .issues: .issue
        }
    }

    /// The name of one row in error messages.
    var noun: String {
        switch self {
        case .projects: "Project"
        case .issues: "Issue"
        }
    }
}
