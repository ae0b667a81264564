import JSON
import Sandbox

/// One of the two types of objects.
enum ModelType: String, Sendable, Hashable {
    case project = "projects"
    case issue = "issues"

    /// The member that is sorted by unless a query says otherwise.
    static let defaultSort = "created_at"

    /// The type's name in the schema.
    var typeName: String { self == .issue ? "Issue" : "Project" }

    /// The upstream's names of the fields that show a member as it is.
    var members: [String: String] {
        switch self {
        case .project:
            [
                "id": "id", "name": "name", "description": "description", "status": "status", "priority": "priority",
                "targetDate": "target_date", "createdAt": "created_at", "updatedAt": "updated_at",
                "customFieldsJSON": "custom_fields",
            ]
        case .issue:
            [
                "id": "id", "title": "title", "description": "description", "status": "status", "priority": "priority",
                "labels": "labels", "assigneeId": "assignee_id", "dueDate": "due_date", "createdAt": "created_at",
                "updatedAt": "updated_at", "projectId": "project_id", "customFieldsJSON": "custom_fields",
            ]
        }
    }

    /// The members that identify other objects.
    static let keyMembers: Set<String> = ["id", "project_id", "assignee_id"]
}

/// An object of a workspace.
struct ModelRow: Sendable {
    let type: ModelType
    let slug: String
    let row: SandboxRow

    var id: String { row.id }

    /// The name by which responses of the gateway may call the object.
    var key: String { "\(type.rawValue)/\(slug)/\(id)" }
}
