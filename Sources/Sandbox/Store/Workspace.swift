internal import JSON

/// One workspace: its rows, users and custom fields.
struct Workspace: Sendable {
    /// The workspace's name in keys.
    let slug: String

    /// The custom fields of issues.
    let issueFields: [CustomFieldDefinition]

    /// The projects.
    private(set) var projects: Table

    /// The issues.
    private(set) var issues: Table

    private let encoder: RowEncoder
    private let identifier: Identifier
    private var ordinals: [Int]

    /// Makes the workspace at `index` from the seed.
    init(at index: Int, _ configuration: SandboxConfiguration) {
        let behavior = configuration.behavior
        let data = SeedData(
            seed: configuration.seed,
            workspace: index,
            idType: behavior.idType,
            numbers: behavior.numbers
        )
        let projectRows = data.projects(configuration.projects)
        let projectIDs = projectRows.compactMap { $0["id"]?.stringValue }
        slug = Vocabulary.workspaceSlug(at: index)
        issueFields = CustomFieldDefinition.issueFields(ofWorkspace: index)
        encoder = RowEncoder(
            behavior: behavior,
            customFields: issueFields + CustomFieldDefinition.projectFields
        )
        projects = Table(.projects, encoder: encoder, objects: projectRows)
        issues = Table(.issues, encoder: encoder, objects: data.issues(configuration.issues, projects: projectIDs))
        identifier = data.identifier
        ordinals = [configuration.projects, configuration.issues]
        for resource in Resource.allCases { trash(configuration.trashed, in: resource) }
    }

    /// Moves rows to Trash that are spread over the collection.
    private mutating func trash(_ count: Int, in resource: Resource) {
        let ids = self[resource].rows.map(\.id)
        guard count > 0, !ids.isEmpty else { return }
        for number in 0..<min(count, ids.count) {
            let time = self[resource].stamp(UnixTime(SeedData.epoch))
            _ = self[resource].trash(ids[number * ids.count / min(count, ids.count)], at: time)
        }
    }

    /// The table of a collection.
    subscript(resource: Resource) -> Table {
        _read {
            switch resource {
            case .projects: yield projects
            case .issues: yield issues
            }
        }
        _modify {
            switch resource {
            case .projects: yield &projects
            case .issues: yield &issues
            }
        }
    }

    /// The custom fields of a collection.
    func customFields(of resource: Resource) -> [CustomFieldDefinition] {
        resource == .projects ? CustomFieldDefinition.projectFields : issueFields
    }

    /// An id that no row of the collection has had.
    mutating func newID(_ resource: Resource) -> String {
        let kind = resource == .projects ? 0 : 1
        defer { ordinals[kind] += 1 }
        return identifier.text(resource.identifierKind, ordinals[kind])
    }

    /// Finds a listed row that the viewer may see.
    func row(_ id: String, in resource: Resource, for viewer: Viewer) -> Row? {
        guard let row = self[resource].row(id), !row.isHidden, viewer.sees(projectID: row.projectID(in: resource))
        else { return nil }
        return row
    }

    /// Adds a row of the members that a client sent, and fills in the others.
    mutating func create(_ sent: JSONObject, in resource: Resource, for viewer: Viewer, now: UnixTime) -> Row? {
        var id = newID(resource)
        // Who creates a row also sees it.
        while encoder.behavior.hides(id: id) || resource == .projects && !viewer.sees(projectID: id) {
            id = newID(resource)
        }
        let time = JSONValue.string(self[resource].stamp(now).iso8601)
        var members = blank(resource)
        members["id"] = .string(id)
        members["created_at"] = time
        members["updated_at"] = time
        let row = self[resource].insert(members)
        return row.flatMap { self[resource].update($0.id, with: sent) }
    }

    /// Changes the members of a row that a client sent.
    mutating func update(_ id: String, in resource: Resource, with sent: JSONObject, now: UnixTime) -> Row? {
        var changes = sent
        changes["updated_at"] = .string(self[resource].stamp(now).iso8601)
        return self[resource].update(id, with: changes)
    }

    /// Returns an object with every member, in the order that responses show them.
    private func blank(_ resource: Resource) -> JSONObject {
        var fields = JSONObject()
        for field in customFields(of: resource) {
            fields[field.key] = .null
        }
        let members: [(String, JSONValue)]
        switch resource {
        case .projects:
            members = [
                ("id", .null), ("name", .null), ("description", .null), ("status", "active"), ("priority", "normal"),
                ("target_date", .null), ("custom_fields", .object(fields)), ("created_at", .null),
                ("updated_at", .null),
            ]
        case .issues:
            members = [
                ("id", .null), ("project_id", .null), ("title", .null), ("description", .null), ("status", "open"),
                ("priority", "normal"), ("assignee_id", .null), ("labels", .array([])), ("due_date", .null),
                ("custom_fields", .object(fields)), ("created_at", .null), ("updated_at", .null),
            ]
        }
        return JSONObject(members)
    }
}
