internal import GraphQL
internal import JSON

extension CollectionBinding {
    /// Reads `@rest(list:)`.
    static func read(
        _ call: CallTemplate,
        _ arguments: DirectiveArguments,
        of field: DeclaredField,
        _ reader: inout BindingReader
    ) {
        let type = reader.schema.namedType(of: field.definition.type)
        let connection = ConnectionShape(type, in: reader.schema)
        if let fault = fault(ofTypeOf: field, type, connection, reader.schema) {
            return reader.report(fault, arguments.range)
        }
        checkEqualities(arguments, call, of: field, &reader)
        checkPaging(call, of: field, &reader)
        var ownership: Ownership?
        if let variable = arguments.string("by") {
            guard let parent = reader.entities[field.parent.id], call.template.variables.contains(variable) else {
                let message =
                    "`by` of \(field.subject) needs a parent type with @entity and a variable {\(variable)} in the template."
                reader.report(message, arguments.range)
                return
            }
            ownership = Ownership(
                variable: variable,
                member: JSONKey(variable),
                parentKey: parent.key,
                parent: parent
            )
        }
        let rowType = ConnectionShape.rowType(of: type, in: reader.schema) ?? type
        let collection = CollectionBinding(
            template: call,
            entity: reader.entities[rowType.id],
            rowTypes: RowType.all(of: rowType, in: reader.schema, reader.entities),
            connection: connection,
            by: ownership,
            parameters: parameters(of: call, field, reader)
        )
        reader.bind(collection, to: field)
    }

    /// Why a field of this type cannot show rows; nil: it can.
    private static func fault(
        ofTypeOf field: DeclaredField,
        _ type: NamedType,
        _ connection: ConnectionShape?,
        _ schema: Schema
    ) -> String? {
        guard connection == nil else { return nil }
        let found = schema.text(of: field.definition.type)
        guard let item = field.definition.type.listItem else {
            return "@rest(list:) of \(field.subject) needs a list or a connection type, not \"\(found)\"."
        }
        guard item.listItem != nil else { return nil }
        return "@rest(list:) of \(field.subject) shows one list of rows, and its type \"\(found)\" is a list of lists: "
            + "use \"[\(type.name)]\"."
    }

    /// The parameters of a list, as this field uses them.
    private static func parameters(
        of call: CallTemplate,
        _ field: DeclaredField,
        _ reader: BindingReader
    ) -> ListParameters {
        var parameters = reader.families.parameters(of: call.template.text)
        // If a field accepts several values for an equality filter of other fields, its rows may have any of them.
        for variable in parameters.equalities.keys where takesList(variable, call, field.definition) {
            parameters.equalities[variable] = nil
        }
        parameters.keys = Set(parameters.equalities.keys.filter { takesKey($0, call, field.definition, reader.schema) })
        if let owner = parameters.owner { parameters.keys.insert(owner) }
        return parameters
    }

    /// Reports paging arguments whose values cannot choose rows, so that they would be ignored.
    ///
    /// An argument with such a name that occurs in the template may be a filter.
    private static func checkPaging(_ call: CallTemplate, of field: DeclaredField, _ reader: inout BindingReader) {
        let names = reader.conventions.pagingNames
        for argument in field.definition.arguments where !call.template.variables.contains(argument.upstreamName) {
            let type = reader.schema.namedType(of: argument.type)
            guard let needed = PagingArguments.neededType(of: argument, type, names) else { continue }
            reader.report(
                "The argument \"\(argument.name)\" of \(field.subject) chooses rows, and its type "
                    + "\"\(reader.schema.text(of: argument.type))\" cannot: use \"\(needed.rawValue)\".",
                argument.node?.name.range ?? SourceRange(start: 0, end: 0)
            )
        }
    }

    private static func takesList(_ variable: String, _ call: CallTemplate, _ field: FieldDefinition) -> Bool {
        call.argument(for: variable).flatMap { field.arguments[$0] }?.type.listItem != nil
    }

    private static func takesKey(
        _ variable: String,
        _ call: CallTemplate,
        _ field: FieldDefinition,
        _ schema: Schema
    ) -> Bool {
        let argument = call.argument(for: variable).flatMap { field.arguments[$0] }
        return argument.map { schema.namedType(of: $0.type).name == "ID" } ?? false
    }

    /// Reports equality filters that the template does not have, or that take more than one value.
    private static func checkEqualities(
        _ arguments: DirectiveArguments,
        _ call: CallTemplate,
        of field: DeclaredField,
        _ reader: inout BindingReader
    ) {
        for text in arguments.strings("equals") {
            let variable = ListFamilies.equality(text).parameter
            if !call.template.variables.contains(variable) {
                let message = "names \"\(variable)\", which is no variable of its template."
                reader.report("`equals` of \(field.subject) \(message)", arguments.range)
            } else if takesList(variable, call, field.definition) {
                let message = "names \"\(variable)\", which takes a list of values."
                reader.report("`equals` of \(field.subject) \(message)", arguments.range)
            }
        }
    }
}

extension ListFamilies {
    /// Adds the declaration of a list field, which concerns all fields of the same path.
    mutating func add(_ field: FieldDefinition) {
        guard let arguments = DirectiveArguments(.rest, in: field.directives), let list = arguments.string("list")
        else { return }
        add(list, owner: arguments.string("by"), equalities: arguments.strings("equals"))
    }
}

extension BindingReader {
    /// The variable for the member to sort by, and the upstream's spelling of the names of the rows' fields.
    func sort(of field: FieldDefinition) -> (variable: String, spellings: [String: String])? {
        guard let variable = conventions.sortParameter else { return nil }
        let type = schema.namedType(of: field.type)
        let row = ConnectionShape.rowType(of: type, in: schema) ?? type
        // Whether the upstream can sort by a member is unknown: it rejects one that it cannot sort by.
        let members = row.fields.filter(\.readsOwnMember)
        // The upstream's own spelling of one field is never interpreted as another field's name.
        let upstream = Set(members.map(\.upstreamName))
        let spellings = members.filter { !upstream.contains($0.name) }.map { ($0.name, $0.upstreamName) }
        return (variable, Dictionary(spellings) { first, _ in first })
    }
}
