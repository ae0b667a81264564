internal import JSON

/// Checks the body of a request that creates or changes a row.
struct BodyRules {
    /// Whether a row is made or changed.
    enum Purpose {
        case create
        case update
    }

    private static let priorities = Set(Vocabulary.priorities.map(\.0))

    /// The API variant that is played.
    let behavior: SandboxBehavior

    /// The workspace that the request writes to.
    let workspace: Workspace

    /// The collection that the request writes to.
    let resource: Resource

    /// The rights of the key that writes.
    let viewer: Viewer

    /// Returns the members of a valid body; otherwise refuses with 400 for invalid JSON, and with 422 for invalid members.
    func check(_ body: [UInt8], _ purpose: Purpose) throws(Refusal) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: body)
        } catch {
            throw Refusal(.badRequest, "The body is not valid JSON: \(error.message)")
        }
        guard case .object(var members) = value else { throw Refusal(.invalid, "The body must be an object.") }
        normalizeIDs(in: &members)
        for (name, value) in members {
            if let fault = fault(in: value, of: name) { throw Refusal(.invalid, fault) }
        }
        let required = resource == .projects ? ["name"] : ["project_id", "title"]
        for name in required where purpose == .create && members[name] == nil {
            throw Refusal(.invalid, "\(name) is required.")
        }
        return members
    }

    /// Normalizes ids to the spelling that the sandbox stores.
    private func normalizeIDs(in members: inout JSONObject) {
        for name in ["project_id", "assignee_id"] {
            if case .number(let number)? = members[name], behavior.idType == .number {
                members[name] = .string(number.text)
            } else if case .string(let text)? = members[name] {
                members[name] = .string(behavior.stored(id: text))
            }
        }
    }

    private func fault(in value: JSONValue, of name: String) -> String? {
        switch (resource, name) {
        case (.projects, "name"), (.issues, "title"):
            isText(value) ? nil : "\(name) must be a text that is not empty."
        case (_, "description"):
            isTextOrNull(value) ? nil : "description must be a text or null."
        case (_, "status"):
            isText(value) ? nil : "status must be a text that is not empty."
        case (_, "priority"):
            value.stringValue.map(Self.priorities.contains) == true
                ? nil : "priority must be one of low, normal, high, urgent."
        case (_, resource.dateMember):
            isDateOrNull(value) ? nil : "\(name) must be a date (YYYY-MM-DD) or null."
        case (.issues, "project_id"):
            isProject(value) ? nil : "project_id must name a project."
        case (.issues, "assignee_id"):
            isTextOrNull(value) ? nil : "assignee_id must be a user's id or null."
        case (.issues, "labels"):
            value.arrayValue?.allSatisfy { $0.stringValue != nil } == true ? nil : "labels must be an array of texts."
        case (_, "custom_fields"):
            customFieldFault(in: value)
        default:
            "\(name) cannot be set."
        }
    }

    private func customFieldFault(in value: JSONValue) -> String? {
        guard case .object(let sent) = value else { return "custom_fields must be an object." }
        let fields = workspace.customFields(of: resource)
        for (key, value) in sent {
            guard let field = fields.first(where: { $0.key == key }) else {
                return "custom_fields has no field \(key)."
            }
            if !field.accepts(value) { return "custom_fields.\(key) has a value of the wrong type." }
        }
        return nil
    }

    private func isText(_ value: JSONValue) -> Bool {
        value.stringValue.map { !$0.isEmpty } ?? false
    }

    private func isTextOrNull(_ value: JSONValue) -> Bool {
        value.isNull || value.stringValue != nil
    }

    private func isDateOrNull(_ value: JSONValue) -> Bool {
        value.isNull || value.stringValue.flatMap { CalendarDate(parsing: $0) } != nil
    }

    private func isProject(_ value: JSONValue) -> Bool {
        value.stringValue.flatMap { workspace.row($0, in: .projects, for: viewer) }.map { $0.trashedAt == nil } ?? false
    }
}
