internal import GraphQL
internal import JSON

/// Writes the GraphQL operations that methods execute.
struct OperationTexts: Sendable {
    let selections: OwnFields

    /// The response key of the method's field.
    static let responseKey = "result"

    private var schema: Schema { selections.executable.schema }

    /// An operation of one field whose arguments are all variables, so that its text does not depend on the parameters.
    func text(of field: FieldDefinition, _ operation: OperationType, selection: String?) -> String {
        let arguments = field.arguments
        let variables = arguments.map { "$\($0.name): \(variableType(of: $0))" }.joined(separator: ", ")
        let values = arguments.map { "\($0.name): $\($0.name)" }.joined(separator: ", ")
        return operation.rawValue + (arguments.isEmpty ? "" : "(\(variables))")
            + "{\(Self.responseKey): \(field.name)" + (arguments.isEmpty ? "" : "(\(values))")
            + (selection.map { " \($0)" } ?? "") + "}"
    }

    /// The type of an argument's variable, which is nullable if the argument has a default.
    private func variableType(of argument: InputValueDefinition) -> String {
        schema.text(of: argument.isRequired ? argument.type : argument.type.nullable)
    }

    /// The default selection of a call without `select`.
    func ownSelection(of field: FieldDefinition) -> String? {
        selections.selection(of: schema.namedType(of: field.type))
    }

    /// The default selection of a subscription without `select`: the event's members, and the objects to which it refers.
    func eventSelection(of field: FieldDefinition) -> String? {
        let type = schema.namedType(of: field.type)
        guard type.kind == .object else { return ownSelection(of: field) }
        let members = type.fields.compactMap { member -> String? in
            guard member.arguments.allSatisfy({ !$0.isRequired }) else { return nil }
            let named = schema.namedType(of: member.type)
            guard named.isComposite else { return member.name }
            return selections.selection(of: named).map { "\(member.name) \($0)" }
        }
        return members.isEmpty ? nil : "{\(members.joined(separator: " "))}"
    }

    /// The selection of a call with `select`: of a connection's rows, unless it names the connection's own fields.
    ///
    /// - Throws: the error of a selection that is not valid.
    func selection(_ select: JSONValue, of field: FieldDefinition) throws(RPCError) -> String {
        let type = schema.namedType(of: field.type)
        let tree = try SelectTree(select)
        guard selections.isConnection(type), let rows = selections.rowField(of: type) else {
            return try tree.text(on: type, selections)
        }
        let row = schema.namedType(of: rows.type)
        let ofConnection = tree.topLevelNames.allSatisfy { type.fields[$0] != nil }
        let ofRows = tree.topLevelNames.allSatisfy { row.isAbstract || row.fields[$0] != nil }
        if ofConnection, !ofRows { return try tree.text(on: type, selections) }
        let inner = try tree.text(on: row, selections)
        let others = type.fields.filter { $0.name != rows.name && $0.name != "edges" }.compactMap { other in
            let named = schema.namedType(of: other.type)
            guard other.arguments.allSatisfy({ !$0.isRequired }) else { return nil as String? }
            return ([other.name] + [selections.selection(of: named)].compactMap { $0 }).joined(separator: " ")
        }
        return "{\(rows.name) \(inner) \(others.joined(separator: " "))}"
    }
}
