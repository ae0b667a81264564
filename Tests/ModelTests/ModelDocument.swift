import JSON

/// An operation in one of the many ways in which the same fields can be written: with variables, fragments, fields in two parts,
/// conditions, and fields that are left out.
struct ModelDocument {
    /// What an operation does.
    enum Operation: String {
        case query
        case mutation
    }

    /// The document.
    private(set) var text = ""
    /// The values of its variables.
    private(set) var variables = JSONObject()
    /// Which of its operations is executed; nil: there is one.
    private(set) var operationName: String?

    private var numbers: ModelNumbers
    private var definitions: [String] = []
    private var fragments: [String] = []
    private var count = 0

    /// Writes fields.
    ///
    /// - Parameters:
    ///   - operation: what the operation does.
    ///   - selections: its fields.
    ///   - numbers: how they are written.
    init(_ operation: Operation, _ selections: [ModelSelection], _ numbers: inout ModelNumbers) {
        self.numbers = numbers
        guard !numbers.chance(45) else {
            text = (operation == .query ? "" : "mutation ") + "{ \(ModelSelection.document(selections)) }"
            return
        }
        let root = operation == .query ? "Query" : "Mutation"
        let fields = set(selections, on: root)
        let parameters = definitions.isEmpty ? "" : "(\(definitions.joined(separator: ", ")))"
        text = ([fragments.first, "\(operation.rawValue) Own\(parameters) { \(fields) }"].compactMap { $0 })
            .joined(separator: " ")
        for fragment in fragments.dropFirst() { text += " \(fragment)" }
        if self.numbers.chance(10) {
            text += " query Other { __typename }"
            operationName = "Own"
        }
        // The next request is written in another way.
        _ = numbers.number(0...9)
    }

    /// The body of a request over GraphQL.
    var body: JSONValue {
        var members: JSONObject = ["query": .string(text)]
        if !variables.isEmpty { members["variables"] = .object(variables) }
        if let operationName { members["operationName"] = .string(operationName) }
        return .object(members)
    }

    // MARK: - Selections

    private mutating func set(_ selections: [ModelSelection], on type: String) -> String {
        var parts: [String] = []
        for selection in selections { parts.append(field(selection, on: type)) }
        if numbers.chance(8) { parts.insert(leftOut(of: type), at: numbers.number(0...parts.count)) }
        if !parts.isEmpty, numbers.chance(20) {
            let start = numbers.number(0...parts.count - 1)
            let range = start..<numbers.number(start + 1...parts.count)
            parts.replaceSubrange(range, with: [fragment(parts[range].joined(separator: " "), on: type)])
        }
        return parts.joined(separator: " ")
    }

    /// Fields in a fragment of their own.
    private mutating func fragment(_ fields: String, on type: String) -> String {
        let condition = numbers.chance(25) ? condition(true) : ""
        switch numbers.number(0...2) {
        case 0: return "...\(condition) { \(fields) }"
        case 1: return "... on \(type)\(condition) { \(fields) }"
        default:
            let name = "F\(next())"
            fragments.append("fragment \(name) on \(type) { \(fields) }")
            return "...\(name)\(condition)"
        }
    }

    private mutating func field(_ selection: ModelSelection, on type: String) -> String {
        let onType = "... on "
        if selection.name.hasPrefix(onType) {
            return
                "\(selection.name) { \(set(selection.selections, on: String(selection.name.dropFirst(onType.count)))) }"
        }
        let condition = numbers.chance(6) ? condition(true) : ""
        let head =
            (selection.alias.map { "\($0): " } ?? "") + selection.name + arguments(of: selection, on: type) + condition
        guard !selection.selections.isEmpty else { return head }
        let inner = Self.type(of: selection.name, on: type)
        let fields = selection.selections
        // The parts of one field are merged: https://spec.graphql.org/draft/#sec-Field-Selection-Merging
        guard fields.count > 1, numbers.chance(8) else { return "\(head) { \(set(fields, on: inner)) }" }
        let middle = numbers.number(1...fields.count - 1)
        let first = set(Array(fields[..<middle]), on: inner)
        return "\(head) { \(first) } \(head) { \(set(Array(fields[middle...]), on: inner)) }"
    }

    /// A field that the response does not show.
    private mutating func leftOut(of type: String) -> String {
        let field =
            switch type {
            case "Issue": "project { name }"
            case "Project": "issues(first: 3) { nodes { id } }"
            case "Query", "Workspace": "projects { totalCount }"
            default: "__typename"
            }
        let end = field.firstIndex { $0 == "{" } ?? field.endIndex
        return "left\(next()): \(field[..<end])\(condition(false)) \(field[end...])"
    }

    /// A directive by which a field is shown, or not.
    private mutating func condition(_ isShown: Bool) -> String {
        let isSkip = numbers.chance(50)
        let value = JSONValue.bool(isShown != isSkip)
        let text = numbers.chance(40) ? value.description : variable("Boolean!", value, value.description)
        return " @\(isSkip ? "skip" : "include")(if: \(text))"
    }

    // MARK: - Arguments

    private mutating func arguments(of field: ModelSelection, on type: String) -> String {
        var texts: [String] = []
        for (name, value) in field.arguments {
            guard numbers.chance(30), let kind = Self.type(ofArgument: name, of: field.name) else {
                texts.append("\(name): \(value.literal)")
                continue
            }
            texts.append("\(name): \(variable(kind, value.json, value.literal))")
        }
        if numbers.chance(10), let absent = absentArgument(of: field, on: type) { texts.append(absent) }
        return texts.isEmpty ? "" : "(\(texts.joined(separator: ", ")))"
    }

    /// An argument that is null: as if it were not there.
    private mutating func absentArgument(of field: ModelSelection, on type: String) -> String? {
        guard field.name == "issues" || field.name == "projects" else { return nil }
        var names = ["status", "sort", "order", "first", "after", "last", "before", "page", "perPage"]
        if type == "Query" { names.append("workspaces") }
        if field.name == "issues" { names += ["assigneeId", "overdue"] + (type == "Query" ? ["projectId"] : []) }
        guard let name = numbers.pick(names.filter { field[$0] == nil }),
            let kind = Self.type(ofArgument: name, of: field.name)
        else { return nil }
        switch numbers.number(0...2) {
        case 0: return "\(name): null"
        case 1: return "\(name): \(variable(kind, .null, nil))"
        default:
            let variable = "v\(next())"
            definitions.append("$\(variable): \(kind)")
            return "\(name): $\(variable)"
        }
    }

    /// A new variable of a type and value, which may be its default.
    private mutating func variable(_ type: String, _ value: JSONValue, _ literal: String?) -> String {
        let name = "v\(next())"
        if let literal, numbers.chance(25) {
            definitions.append("$\(name): \(type) = \(literal)")
        } else {
            definitions.append("$\(name): \(type)")
            variables[name] = value
        }
        return "$\(name)"
    }

    private mutating func next() -> Int {
        count += 1
        return count
    }

    // MARK: - Types

    private static func type(ofArgument name: String, of field: String) -> String? {
        switch name {
        case "id", "nodeId": "ID!"
        case "projectId", "assigneeId": "ID"
        case "nodeIds": "[ID!]!"
        case "first", "last", "page", "perPage": "Int"
        case "overdue": "Boolean"
        case "order": "SortOrder"
        case "workspaces", "slugs": "[String!]"
        case "key": "String!"
        case "input": "\(capitalized(field))Input!"
        case "status", "sort", "after", "before", "workspace", "slug": "String"
        default: nil
        }
    }

    /// The type of a field's values.
    private static func type(of field: String, on parent: String) -> String {
        switch (parent, field) {
        case ("Mutation", _): capitalized(field) + "Payload"
        case ("Query", "node"), ("Query", "nodes"): "Node"
        case ("IssueConnection", "nodes"), ("IssueEdge", "node"), (_, "issue"): "Issue"
        case ("ProjectConnection", "nodes"), ("ProjectEdge", "node"), (_, "project"): "Project"
        case ("IssueConnection", "edges"): "IssueEdge"
        case ("ProjectConnection", "edges"): "ProjectEdge"
        case (_, "issues"): "IssueConnection"
        case (_, "projects"): "ProjectConnection"
        case (_, "pageInfo"): "PageInfo"
        case (_, "customFields"): "CustomFields"
        case (_, "entries"): "CustomField"
        default: "Workspace"
        }
    }

    private static func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
}
