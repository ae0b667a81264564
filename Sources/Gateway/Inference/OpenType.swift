internal import GraphQL
internal import JSON
internal import Upstream

/// An object type whose members are not all in the schema: one of its fields returns the whole object as a scalar.
package struct OpenType: Sendable {
    let type: NamedType
    /// The field that returns the whole object.
    let whole: FieldDefinition
    /// The input type of the same name with the suffix `Input`; nil: there is none.
    let input: NamedType?
    /// The lists from which objects of the type are sampled.
    let sampledLists: [SampledList]
    let schema: LoadedSchema

    /// A list of the query type whose rows have fields of the type.
    struct SampledList: Sendable {
        /// The field of the query type.
        let list: String
        /// The fields of a row with the type; their aliases are `open0`, `open1` and so on.
        let fields: [String]
        /// The operation that reads rows of the list.
        let query: String
    }

    /// The reason why no fields can be inferred.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Finds an open type, and the lists with objects of it.
    ///
    /// - Parameters:
    ///   - name: its name; nil: the only one of the schema.
    ///   - schema: the schema that has it.
    /// - Throws: a `Failure` if there is none, if there are several and no name is given, or if no list has objects of the type.
    package init(named name: String?, in schema: LoadedSchema) throws(Failure) {
        let found = Self.candidates(in: schema)
        let names = found.map(\.type.name).sorted().joined(separator: ", ")
        guard !found.isEmpty else {
            throw Failure(description: "The schema has no type with a scalar field that is bound by @self.")
        }
        guard let chosen = name == nil ? found.first : found.first(where: { $0.type.name == name }) else {
            throw Failure(
                description: "\"\(name ?? "")\" has no scalar field that is bound by @self; these have: \(names)."
            )
        }
        guard name != nil || found.count == 1 else {
            throw Failure(
                description:
                    "The schema has several types with a scalar field that is bound by @self; choose one: \(names)."
            )
        }
        type = chosen.type
        whole = chosen.whole
        self.schema = schema
        let twin = schema.executable.schema[chosen.type.name + "Input"]
        input = twin?.kind == .inputObject ? twin : nil
        sampledLists = Self.sampledLists(of: chosen.type, whole.name, in: schema)
        guard !sampledLists.isEmpty else {
            throw Failure(
                description: "No list of the query type has rows with a field of type \"\(chosen.type.name)\"."
            )
        }
    }

    private static func candidates(in loaded: LoadedSchema) -> [(type: NamedType, whole: FieldDefinition)] {
        let schema = loaded.executable.schema
        return schema.visibleTypes.map { schema[$0] }.filter { $0.kind == .object }.compactMap { type in
            let whole = type.fields.first {
                loaded.bindings.source(of: $0, on: type) == .parent && schema.namedType(of: $0.type).kind == .scalar
            }
            return whole.map { (type, $0) }
        }
    }

    /// For each type of rows with fields of the type, the first list.
    private static func sampledLists(of type: NamedType, _ whole: String, in loaded: LoadedSchema) -> [SampledList] {
        let schema = loaded.executable.schema
        guard let query = schema.rootType(of: .query) else { return [] }
        var seen: Set<TypeID> = []
        return query.fields.compactMap { field in
            let connection = schema.namedType(of: field.type)
            guard field.arguments["first"] != nil, field.arguments["after"] != nil,
                field.arguments.allSatisfy({ !$0.isRequired }),
                case .bound = loaded.bindings.source(of: field, on: query), connection.fields["pageInfo"] != nil,
                let rows = connection.fields["nodes"].map({ schema.namedType(of: $0.type) })
            else { return nil }
            let fields = rows.fields.filter {
                $0.arguments.isEmpty && $0.type.nullable == .named(type.id)
            }.map(\.name)
            guard !fields.isEmpty, seen.insert(rows.id).inserted else { return nil }
            let selection = fields.enumerated().map { "open\($0.offset): \($0.element) { all: \(whole) }" }
            let text = """
                query($first: Int!, $after: String) { list: \(field.name)(first: $first, after: $after) { \
                nodes { \(selection.joined(separator: " ")) } pageInfo { hasNextPage endCursor } } }
                """
            return SampledList(list: field.name, fields: fields, query: text)
        }
    }
}
