import JSON
import Sandbox

/// What each query must return: a slow and plain implementation of the schema over the rows of the sandbox.
struct Model: Sendable {
    let data: ModelData
    let client: ModelClient

    /// What a query's fields are asked of.
    enum Subject: Sendable {
        case query
        case workspace(ModelClient.Entry)
        case object(ModelRow, ModelClient.Entry)
        case window(ModelWindow)
        case customFields(JSONObject)
        case customField(key: String, value: JSONValue)
    }

    /// What the response to these fields may be.
    func expectation(_ selections: [ModelSelection], of subject: Subject) -> Expectation {
        .object(members(selections, of: subject))
    }

    private func members(_ selections: [ModelSelection], of subject: Subject) -> [(name: String, value: Expectation)] {
        var members: [(name: String, value: Expectation)] = []
        for field in selections {
            let isFragment = field.name.hasPrefix(Self.fragmentPrefix)
            if isFragment, case .object(let row, _) = subject {
                guard field.name == Self.fragmentPrefix + row.type.typeName else { continue }
                members += self.members(field.selections, of: subject)
            } else {
                members.append((field.responseName, expectation(field, of: subject)))
            }
        }
        // A field that is selected twice is shown once, where it is first.
        return members.enumerated()
            .filter { index, member in !members[..<index].contains { $0.name == member.name } }.map(\.element)
    }

    private static let fragmentPrefix = "... on "

    private func expectation(_ field: ModelSelection, of subject: Subject) -> Expectation {
        if field.name == "__typename" { return .any }
        switch subject {
        case .query: return rootField(field)
        case .workspace(let entry):
            return field.name == "slug" ? .value(.string(entry.slug)) : rootField(field, in: entry)
        case .object(let row, let entry): return member(field, of: row, entry)
        case .window(let window): return connectionField(field, of: window)
        case .customFields(let fields): return customField(field, fields)
        case .customField(let key, let value): return .value(field.name == "key" ? .string(key) : value)
        }
    }

    // MARK: - Roots

    private func rootField(_ field: ModelSelection, in workspace: ModelClient.Entry? = nil) -> Expectation {
        switch field.name {
        case "projects", "issues":
            guard let type = ModelType(rawValue: field.name) else { return .any }
            return list(field, type, workspace.map { [$0] } ?? entries(field))
        case "project": return object(field, .project, workspace)
        case "issue": return object(field, .issue, workspace)
        case "node":
            guard case .nodeID(_, let key)? = field["nodeId"] else { return .any }
            return object(named: key, field.selections)
        case "nodes":
            guard case .nodeIDs(_, let keys)? = field["nodeIds"] else { return .any }
            return .list(keys.map { object(named: $0, field.selections) })
        case "workspaces":
            let entries = entries(field, "slugs")
            return .list(entries.map { expectation(field.selections, of: .workspace($0)) })
        case "workspace":
            return workspaceEntry(field, "slug").map { expectation(field.selections, of: .workspace($0)) } ?? .any
        default: return .any
        }
    }

    private func entries(_ field: ModelSelection, _ argument: String = "workspaces") -> [ModelClient.Entry] {
        guard case .texts(let slugs)? = field[argument] else { return client.keys }
        return client.keys.filter { slugs.contains($0.slug) }
    }

    private func workspaceEntry(_ field: ModelSelection, _ argument: String) -> ModelClient.Entry? {
        guard let slug = field.text(argument) else { return client.keys.first }
        return client.keys.first { $0.slug == slug }
    }

    private func object(
        _ field: ModelSelection,
        _ type: ModelType,
        _ workspace: ModelClient.Entry?
    ) -> Expectation {
        guard let entry = workspace ?? workspaceEntry(field, "workspace"), let id = field.text("id") else {
            return .any
        }
        return object(type, id, entry, field.selections)
    }

    private func object(
        _ type: ModelType,
        _ id: String,
        _ entry: ModelClient.Entry,
        _ selections: [ModelSelection]
    ) -> Expectation {
        guard let row = data.object(type, id, entry) else { return .null }
        return expectation(selections, of: .object(row, entry))
    }

    /// What the object of a name is, such as `issues/acme/task_1`.
    private func object(named name: String, _ selections: [ModelSelection]) -> Expectation {
        let parts = name.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, let type = ModelType(rawValue: parts[0]),
            let entry = client.keys.first(where: { $0.slug == parts[1] })
        else { return .any }
        return object(type, parts[2], entry, selections)
    }

    // MARK: - Objects

    /// What fields of an object may show.
    func member(_ field: ModelSelection, of row: ModelRow, _ entry: ModelClient.Entry) -> Expectation {
        switch field.name {
        case "nodeId": return .name(.object(row.key))
        case "workspace": return expectation(field.selections, of: .workspace(entry))
        case "project":
            guard let id = row.row.stored["project_id"]?.stringValue else { return .null }
            return object(.project, id, entry, field.selections)
        case "issues":
            return list(field, .issue, [entry], project: row.id)
        case "customFields":
            guard case .object(let fields)? = row.row.shown["custom_fields"] else { return .null }
            return expectation(field.selections, of: .customFields(fields))
        default:
            guard let name = row.type.members[field.name] else { return .any }
            return leaf(name, of: row)
        }
    }

    private func leaf(_ name: String, of row: ModelRow) -> Expectation {
        guard let value = row.row.shown[name] else { return .null }
        switch value {
        case .number(let number) where ModelType.keyMembers.contains(name):
            return .value(.string(number.text))
        case .string(let text) where name == "target_date" || name == "due_date":
            return .oneOf([.value(value), .value(.string(String(text.prefix(10))))])
        default:
            return .value(value)
        }
    }

    private func customField(_ field: ModelSelection, _ fields: JSONObject) -> Expectation {
        switch field.name {
        case "all": return .value(.object(fields))
        case "value": return .value(field.text("key").flatMap { fields[$0] } ?? .null)
        case "entries":
            return .list(
                fields.map { key, value in expectation(field.selections, of: .customField(key: key, value: value)) }
            )
        default: return .any
        }
    }

    // MARK: - Lists

    private func list(
        _ field: ModelSelection,
        _ type: ModelType,
        _ entries: [ModelClient.Entry],
        project: String? = nil
    ) -> Expectation {
        guard entries.count > 1 else {
            let list = ModelList(field, type, entries, project: project)
            return expectation(field.selections, of: .window(ModelWindow(field, list, data)))
        }
        // The rows of a workspace that has failed are left out, and an error says so.
        return .depending { failed in
            let rest = entries.filter { !failed.contains($0.slug) }
            let list = ModelList(field, type, rest, project: nil)
            let window = ModelWindow(field, list, data, isPartial: !failed.isEmpty)
            return expectation(field.selections, of: .window(window))
        }
    }

    private func connectionField(_ field: ModelSelection, of window: ModelWindow) -> Expectation {
        func node(_ row: ModelRow, _ selections: [ModelSelection]) -> Expectation {
            guard let entry = window.list.keys.first(where: { $0.slug == row.slug }) else { return .any }
            return expectation(selections, of: .object(row, entry))
        }
        switch field.name {
        case "totalCount": return window.totals
        case "nodes": return window.elements { node($0, field.selections) }
        case "edges":
            return window.elements { row in
                .object(
                    field.selections.map { part in
                        let isNode = part.name == "node"
                        return (part.responseName, isNode ? node(row, part.selections) : .name(window.cursor(row)))
                    }
                )
            }
        case "pageInfo":
            return .object(field.selections.map { ($0.responseName, window.pageInfo($0.name)) })
        default: return .any
        }
    }
}

extension ModelList {
    /// The list that a field with these arguments stands for.
    init(_ field: ModelSelection, _ type: ModelType, _ entries: [ModelClient.Entry], project: String?) {
        var conditions: [Condition] = []
        for (argument, member) in [("projectId", "project_id"), ("status", "status"), ("assigneeId", "assignee_id")] {
            if let text = field.text(argument) { conditions.append(Condition(member: member, text: text)) }
        }
        if let project { conditions.append(Condition(member: "project_id", text: project)) }
        var onlyOverdue = false
        if case .flag(true)? = field["overdue"] { onlyOverdue = true }
        self.init(
            type: type,
            keys: entries,
            conditions: conditions,
            onlyOverdue: onlyOverdue,
            sort: field.text("sort").map { type.members[$0] ?? $0 } ?? ModelType.defaultSort,
            isDescending: (field.text("order") ?? "DESC") == "DESC"
        )
    }
}
