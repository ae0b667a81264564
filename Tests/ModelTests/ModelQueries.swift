import JSON
import Sandbox

/// Makes up what clients ask, from a seed.
struct ModelQueries {
    var numbers: ModelNumbers
    let data: ModelData
    let client: ModelClient
    /// The texts that the gateway calls things by, as far as it has said so.
    let names: [ModelName: String]

    private var depth = 0
    /// The project whose issues the next field lists, and where it is, if it is asked for by its id.
    private var project: (id: String, entry: ModelClient.Entry)?

    init(numbers: ModelNumbers, data: ModelData, client: ModelClient, names: [ModelName: String]) {
        self.numbers = numbers
        self.data = data
        self.client = client
        self.names = names
    }

    /// One to three root fields beside each other.
    mutating func roots() -> [ModelSelection] {
        (0..<numbers.number(1...3)).map { root(alias: "r\($0)") }
    }

    /// One root field, without an alias for JSON-RPC.
    mutating func root(alias: String?) -> ModelSelection {
        depth = 0
        switch numbers.number(0...11) {
        case 0...3: return list(.issue, alias, isRoot: true)
        case 4...5: return list(.project, alias, isRoot: true)
        case 6...7: return single(.issue, alias, isRoot: true)
        case 8...9: return single(.project, alias, isRoot: true)
        case 10: return workspaces(alias)
        default: return node(alias) ?? single(.issue, alias, isRoot: true)
        }
    }

    /// All workspaces, some of them, or one.
    private mutating func workspaces(_ alias: String?) -> ModelSelection {
        let slugs = client.slugs.filter { _ in numbers.chance(60) }
        switch numbers.number(0...3) {
        case 0 where !slugs.isEmpty:
            return ModelSelection("workspaces", alias: alias, [("slugs", .texts(slugs))], workspace())
        case 1 where alias != nil:
            let slug = numbers.pick(client.slugs).map { [("slug", ModelSelection.Argument.text($0))] } ?? []
            return ModelSelection("workspace", alias: alias, slug.map { (name: $0.0, value: $0.1) }, workspace())
        default:
            return ModelSelection("workspaces", alias: alias, [], workspace())
        }
    }

    /// A field for one or several objects by their names among all types.
    private mutating func node(_ alias: String?) -> ModelSelection? {
        var known: [(key: String, text: String)] = []
        for case (.object(let key), let text) in names where client.slugs.contains(where: { key.contains("/\($0)/") }) {
            known.append((key, text))
        }
        known.sort { $0.key < $1.key }
        guard alias != nil, let one = numbers.pick(known), let type = ModelType(rawValue: prefix(one.key)) else {
            return nil
        }
        depth = 2
        let fragments = [
            ModelSelection("nodeId"), ModelSelection("... on Project", [], [ModelSelection("name")]),
            ModelSelection("... on \(type.typeName)", [], object(type)),
        ]
        guard numbers.chance(50) else {
            return ModelSelection("node", alias: alias, [("nodeId", .nodeID(one.text, key: one.key))], fragments)
        }
        let several = [one] + (0..<numbers.number(0...12)).compactMap { _ in numbers.pick(known) }
        let ids = ModelSelection.Argument.nodeIDs(several.map(\.text), keys: several.map(\.key))
        return ModelSelection("nodes", alias: alias, [("nodeIds", ids)], fragments)
    }

    private func prefix(_ name: String) -> String { String(name.prefix { $0 != "/" }) }

    // MARK: - Objects

    private mutating func workspace() -> [ModelSelection] {
        depth += 1
        defer { depth -= 1 }
        var fields = [ModelSelection("slug")]
        if numbers.chance(50) { fields.append(list(.issue, "a", isRoot: false)) }
        if numbers.chance(40) { fields.append(list(.project, "b", isRoot: false)) }
        if numbers.chance(30) { fields.append(single(.project, "c", isRoot: false)) }
        return fields
    }

    private mutating func single(_ type: ModelType, _ alias: String?, isRoot: Bool) -> ModelSelection {
        let entry = isRoot && numbers.chance(40) ? numbers.pick(client.keys) : nil
        let id = id(type, entry ?? client.keys[0])
        var arguments: [(name: String, value: ModelSelection.Argument)] = [("id", .text(id))]
        if let entry { arguments.append(("workspace", .text(entry.slug))) }
        if isRoot, type == .project { project = (id, entry ?? client.keys[0]) }
        defer { project = nil }
        return ModelSelection(type == .issue ? "issue" : "project", alias: alias, arguments, object(type))
    }

    /// The id of an object, which may be in Trash, hidden or unknown.
    private mutating func id(_ type: ModelType, _ entry: ModelClient.Entry) -> String {
        guard !numbers.chance(10), let row = numbers.pick(data.all(type, entry)) else {
            return "none_\(numbers.number(0...9))"
        }
        return row.id
    }

    private mutating func object(_ type: ModelType) -> [ModelSelection] {
        depth += 1
        defer { depth -= 1 }
        let project = project
        self.project = nil
        var fields = [ModelSelection("id")]
        for name in type.members.keys.sorted() where name != "id" && numbers.chance(25) {
            fields.append(ModelSelection(name))
        }
        if numbers.chance(25) { fields.append(ModelSelection("nodeId")) }
        if numbers.chance(15) { fields.append(customFields()) }
        if numbers.chance(15) { fields.append(ModelSelection("workspace", [], [ModelSelection("slug")])) }
        guard depth < 4 else { return fields }
        switch type {
        case .issue:
            if numbers.chance(45) { fields.append(ModelSelection("project", [], object(.project))) }
        case .project:
            if numbers.chance(45) {
                self.project = project
                fields.append(list(.issue, nil, isRoot: false, inProject: true))
                self.project = nil
            }
            if numbers.chance(10) { fields.append(list(.issue, "more", isRoot: false, inProject: true)) }
        }
        return fields
    }

    private mutating func customFields() -> ModelSelection {
        let keys = ["client_name", "risk_score", "budget", "platforms", "none"]
        let value = ModelSelection("value", [("key", .text(numbers.pick(keys) ?? ""))])
        let entries = ModelSelection("entries", [], [ModelSelection("key"), ModelSelection("value")])
        return ModelSelection(
            "customFields",
            [],
            [[ModelSelection("all")], [value], [entries], [value, entries]][numbers.number(0...3)]
        )
    }

    // MARK: - Lists

    private mutating func list(
        _ type: ModelType,
        _ alias: String?,
        isRoot: Bool,
        inProject: Bool = false
    ) -> ModelSelection {
        var arguments = filters(type, inProject: inProject) + order(type)
        if isRoot, numbers.chance(25) {
            let slugs = client.slugs.filter { _ in numbers.chance(60) }
            if !slugs.isEmpty { arguments.append(("workspaces", .texts(slugs))) }
        }
        var field = ModelSelection(type.rawValue, alias: alias, arguments)
        field.arguments += window(field, type, isRoot: isRoot)
        project = nil
        field.selections = connection(type)
        return field
    }

    private mutating func filters(
        _ type: ModelType,
        inProject: Bool
    ) -> [(name: String, value: ModelSelection.Argument)] {
        var filters: [(name: String, value: ModelSelection.Argument)] = []
        let rows = client.keys.flatMap { data.all(type, $0) }
        func pick(_ member: String) -> String? {
            rows.isEmpty ? nil : numbers.pick(rows)?.row.stored[member]?.stringValue
        }
        if numbers.chance(25), let status = pick("status") { filters.append(("status", .text(status))) }
        guard type == .issue else { return filters }
        if !inProject, numbers.chance(20), let id = pick("project_id") { filters.append(("projectId", .text(id))) }
        if numbers.chance(12), let id = pick("assignee_id") { filters.append(("assigneeId", .text(id))) }
        if numbers.chance(10) { filters.append(("overdue", .flag(numbers.chance(80)))) }
        return filters
    }

    private mutating func order(_ type: ModelType) -> [(name: String, value: ModelSelection.Argument)] {
        let always = data.variant.behavior.defaultOrder != .descending
        guard always || numbers.chance(50) else { return [] }
        let sorts =
            type == .project
            ? ["created_at", "updated_at", "name", "status", "target_date", "id"]
            : ["created_at", "updated_at", "title", "status", "priority", "due_date", "id"]
        // The upstream sorts names without the half pairs that it shows at their ends: what it shows is in no order.
        let isShown = !data.variant.behavior.loneSurrogates
        let member = numbers.pick(sorts).flatMap { isShown || !["name", "title"].contains($0) ? $0 : nil }
        let sort = member ?? ModelType.defaultSort
        // The schema's name of the field will do as well.
        let name = numbers.chance(25) ? type.members.first { $0.value == sort }?.key : nil
        return [
            ("sort", .text(name ?? sort)),
            ("order", .name(numbers.chance(50) ? "ASC" : "DESC")),
        ]
    }

    private mutating func window(
        _ field: ModelSelection,
        _ type: ModelType,
        isRoot: Bool
    ) -> [(name: String, value: ModelSelection.Argument)] {
        let most = depth == 0 ? 130 : depth == 1 ? 60 : 5
        let count =
            numbers.chance(15)
            ? 1000 / (1 + depth * depth * 4) : numbers.chance(4) ? 0 : numbers.number(1...most)
        switch numbers.number(0...9) {
        case 0: return []
        case 1: return [("last", .number(min(count, 40)))]
        case 2: return [("page", .number(numbers.number(1...5))), ("perPage", .number(max(1, min(count, 100))))]
        case 3...5:
            guard isRoot || project != nil, let (text, cursor) = cursor(field, type) else {
                return [("first", .number(count))]
            }
            let isAfter = numbers.chance(65)
            // The algorithm of the connection specification: cut at the cursor, then take the first or the last.
            let isCrossed = numbers.chance(20)
            var window: [(name: String, value: ModelSelection.Argument)] = [
                (isAfter ? "after" : "before", .cursor(text, cursor))
            ]
            // Without a number there are as many as by default.
            if !numbers.chance(15) { window.append((isAfter != isCrossed ? "first" : "last", .number(count))) }
            if numbers.chance(15), let (text, cursor) = self.cursor(field, type) {
                window.append((isAfter ? "before" : "after", .cursor(text, cursor)))
            }
            return window
        case 6 where numbers.chance(30):
            return [("first", .number(count)), ("last", .number(numbers.number(0...max(1, count))))]
        default: return [("first", .number(count))]
        }
    }

    /// A cursor that the gateway has given for the same list.
    private mutating func cursor(_ field: ModelSelection, _ type: ModelType) -> (String, ModelCursor)? {
        var entries = project.map { [$0.entry] } ?? client.keys
        if case .texts(let slugs)? = field["workspaces"] { entries = entries.filter { slugs.contains($0.slug) } }
        let list = ModelList(field, type, entries, project: project?.id)
        var known: [(String, ModelCursor)] = []
        for case (.cursor(let cursor), let text) in names where cursor.list == list { known.append((text, cursor)) }
        return numbers.pick(known.sorted { $0.0 < $1.0 })
    }

    private mutating func connection(_ type: ModelType) -> [ModelSelection] {
        var fields: [ModelSelection] = []
        if numbers.chance(40) { fields.append(ModelSelection("totalCount")) }
        if numbers.chance(70) { fields.append(ModelSelection("nodes", [], object(type))) }
        if numbers.chance(30) || fields.isEmpty {
            fields.append(
                ModelSelection("edges", [], [ModelSelection("cursor"), ModelSelection("node", [], object(type))])
            )
        }
        if numbers.chance(40) {
            let names = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]
            fields.append(ModelSelection("pageInfo", [], names.map { ModelSelection($0) }))
        }
        return fields
    }
}
