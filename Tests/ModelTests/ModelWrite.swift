import JSON
import Sandbox

/// A write of a client: through GraphQL, JSON-RPC or MCP, or past the gateway.
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
    /// How it is sent, if through the gateway.
    let interface: Interface
    /// Whether it is sent twice, to be carried out once.
    let isRepeated: Bool
    /// How its document is written.
    private let numbers: ModelNumbers

    /// An interface of the gateway.
    enum Interface: Sendable {
        case graphQL
        case rpc
        case mcp
    }

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

    /// The path and body of the request through the gateway.
    func gatewayRequest(alias: String) -> (path: String, body: [UInt8]) {
        let selection = selection(alias: alias)
        switch interface {
        case .graphQL:
            var numbers = numbers
            return ("/graphql", ModelDocument(.mutation, [selection], &numbers).body.serialized())
        case .rpc:
            let call: JSONValue = [
                "jsonrpc": "2.0", "method": .string("\(type.rawValue).\(kind.rawValue)"),
                "params": selection.parameters, "id": 1,
            ]
            return ("/rpc", call.serialized())
        case .mcp:
            let call = ModelRequest.toolCall("\(type.rawValue)_\(kind.rawValue)", selection.parameters)
            return (ModelRequest.toolPath, call.serialized())
        }
    }

    private var payload: [ModelSelection] {
        [
            ModelSelection("id"), ModelSelection("status"), ModelSelection("description"), ModelSelection("updatedAt"),
            ModelSelection("priority"), ModelSelection("customFieldsJSON"),
        ]
            + (type == .issue
                ? [
                    ModelSelection("title"), ModelSelection("projectId"), ModelSelection("assigneeId"),
                    ModelSelection("labels"),
                    ModelSelection("project", [], [ModelSelection("id")]),
                ]
                : [ModelSelection("name"), ModelSelection("targetDate")])
    }

    /// What is written, for people.
    var key: String { "\(type.rawValue)/\(entry.slug)/\(id ?? "")" }

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
        if numbers.chance(25) { members["custom_fields"] = .object(Self.customFields(type, &numbers)) }
        if type == .issue, numbers.chance(15) {
            members["labels"] = .array(numbers.pick([[], ["one"], ["one", "\u{1F600} two", "three \"3\""]]) ?? [])
        }
        if type == .issue, numbers.chance(15) {
            members["assignee_id"] = numbers.pick(data.all(.issue, entry))?.row.stored["assignee_id"] ?? .null
        }
        if members.isEmpty { members["priority"] = "high" }
        self.members = kind == .delete ? JSONObject() : members
        interface = numbers.chance(25) ? .rpc : numbers.chance(12) ? .mcp : .graphQL
        isRepeated = interface != .mcp && numbers.chance(15)
        self.numbers = numbers
        _ = numbers.number(0...9)
    }

    /// Values of custom fields, of each kind of JSON; null takes one away.
    private static func customFields(_ type: ModelType, _ numbers: inout ModelNumbers) -> JSONObject {
        let amounts: [JSONValue] = ["12.50", "1604029199751626752", "0", "-0.5"].map { text in
            JSONNumber(text: text).map(JSONValue.number) ?? .null
        }
        let money: JSONValue = ["amount": numbers.pick(amounts) ?? 1, "currency": "EUR"]
        let texts: [JSONValue] = ["", "Acme \"Corp\"\n\u{00E9}\u{1F600}", "a\\b", .null]
        var all: [(String, JSONValue)] = [("client_name", numbers.pick(texts) ?? .null)]
        if type == .project {
            all += [("contract_value", money), ("kickoff_date", numbers.chance(50) ? .null : "2026-03-01")]
        } else {
            all += [
                ("risk_score", numbers.pick(amounts) ?? 1), ("budget", numbers.chance(70) ? money : .null),
                ("billable", .bool(numbers.chance(50))), ("platforms", numbers.chance(50) ? [] : ["web", "api"]),
                ("satisfaction", .integer(numbers.number(1...5))),
            ]
        }
        return JSONObject(all.filter { _ in numbers.chance(60) })
    }

    /// Makes up a write that others do to a row.
    init(update row: ModelRow, _ entry: ModelClient.Entry, _ members: JSONObject) {
        (kind, type, self.entry, id, self.members) = (.update, row.type, entry, row.id, members)
        (interface, isRepeated, numbers) = (.graphQL, false, ModelNumbers(seed: 0, stream: 0))
    }
}
