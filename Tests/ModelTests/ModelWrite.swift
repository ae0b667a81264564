import JSON

/// A write of a client: through GraphQL, through JSON-RPC, or past the gateway.
struct ModelWrite: Sendable {
    /// What is done.
    enum Kind: String, Sendable, CaseIterable {
        case create
        case update
        case delete
    }

    let kind: Kind
    let type: ModelType
    let entry: ModelClient.Entry
    /// The object that is changed; nil for a new one.
    let id: String?
    /// What is sent, by the upstream's names.
    let members: JSONObject
    /// Whether it is sent over JSON-RPC, if through the gateway.
    let isRPC: Bool

    /// The input's names of members.
    private static let inputNames = [
        "project_id": "projectId", "assignee_id": "assigneeId", "due_date": "dueDate", "target_date": "targetDate",
        "custom_fields": "customFields",
    ]

    /// The mutation's field.
    func selection(alias: String) -> ModelSelection {
        var arguments: [(name: String, value: ModelSelection.Argument)] = []
        if let id { arguments.append(("id", .text(id))) }
        if kind != .delete {
            let input = JSONObject(members.map { (Self.inputNames[$0] ?? $0, $1) })
            arguments.append(("input", .object(input)))
        }
        arguments.append(("workspace", .text(entry.slug)))
        let noun = type == .issue ? "issue" : "project"
        let fields = kind == .delete ? [ModelSelection("deletedId")] : [ModelSelection(noun, [], payload)]
        return ModelSelection("\(kind.rawValue)\(type.typeName)", alias: alias, arguments, fields)
    }

    /// The path and body of the request through the gateway, over GraphQL or JSON-RPC.
    func gatewayRequest(alias: String) -> (path: String, body: [UInt8]) {
        let selection = selection(alias: alias)
        guard isRPC else {
            let text = "mutation { \(selection.document) }"
            return ("/graphql", JSONValue.object(JSONObject([("query", .string(text))])).serialized())
        }
        let call: JSONValue = [
            "jsonrpc": "2.0", "method": .string("\(type.rawValue).\(kind.rawValue)"), "params": selection.parameters,
            "id": 1,
        ]
        return ("/rpc", call.serialized())
    }

    private var payload: [ModelSelection] {
        [ModelSelection("id"), ModelSelection("status"), ModelSelection("description"), ModelSelection("updatedAt")]
            + (type == .issue
                ? [
                    ModelSelection("title"), ModelSelection("projectId"),
                    ModelSelection("project", [], [ModelSelection("id")]),
                ]
                : [ModelSelection("name"), ModelSelection("targetDate")])
    }

    /// The method and path of the request past the gateway.
    var request: (method: String, path: String) {
        switch kind {
        case .create: ("POST", "/\(type.rawValue)")
        case .update: ("PATCH", "/\(type.rawValue)/\(id ?? "")")
        case .delete: ("DELETE", "/\(type.rawValue)/\(id ?? "")")
        }
    }

    /// Makes up a write.
    init?(_ numbers: inout ModelNumbers, _ data: ModelData, _ client: ModelClient) {
        guard let entry = numbers.pick(client.keys) else { return nil }
        let kind = numbers.chance(50) ? .update : numbers.chance(60) ? Kind.create : .delete
        let type = numbers.chance(75) ? ModelType.issue : .project
        let objects = data.all(type, entry).filter { data.object(type, $0.id, entry) != nil }
        let projects = data.all(.project, entry).filter { data.object(.project, $0.id, entry) != nil }
        if kind != .create && objects.isEmpty || projects.isEmpty { return nil }
        self.kind = kind
        self.type = type
        self.entry = entry
        id = kind == .create ? nil : numbers.pick(objects)?.id
        var members = JSONObject()
        if kind == .create || numbers.chance(40) {
            members[type == .issue ? "title" : "name"] = .string("Written \(numbers.number(1...999))")
        }
        if type == .issue, kind == .create || numbers.chance(30), let project = numbers.pick(projects)?.id {
            members["project_id"] = .string(project)
        }
        if numbers.chance(50) { members["status"] = .string(numbers.pick(["open", "done", "active"]) ?? "open") }
        if numbers.chance(30) { members["description"] = numbers.chance(50) ? .null : "written" }
        if numbers.chance(20) { members[type == .issue ? "due_date" : "target_date"] = "2026-05-04" }
        if members.isEmpty { members["priority"] = "high" }
        self.members = kind == .delete ? JSONObject() : members
        isRPC = numbers.chance(25)
    }

    /// Makes up a write that others do to a row.
    init(update row: ModelRow, _ entry: ModelClient.Entry, _ members: JSONObject) {
        (kind, type, self.entry, id, self.members, isRPC) = (.update, row.type, entry, row.id, members, false)
    }
}
