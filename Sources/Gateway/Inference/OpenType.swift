internal import GraphQL
internal import JSON
internal import Upstream

/// An object type whose members are not all known: a field of it shows the whole object as a scalar.
package struct OpenType: Sendable {
    let type: NamedType
    /// The field that shows the whole object.
    let whole: FieldDefinition
    /// The type by which its members are given: the one of the same name with `Input` behind it.
    let input: NamedType?
    /// Where objects of the type can be read from.
    let sampledLists: [SampledList]
    let schema: LoadedSchema

    /// A list of the query type whose rows have objects of the type.
    struct SampledList: Sendable {
        /// The field of the query type.
        let list: String
        /// The fields of a row, whose aliases are `open0`, `open1` and so on.
        let fields: [String]
        /// The operation that reads some rows.
        let query: String
    }

    /// Why no fields can be inferred.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Finds an open type and where it is.
    ///
    /// - Parameters:
    ///   - name: its name; nil: the only one of the schema.
    ///   - schema: the schema that has it.
    /// - Throws: a `Failure` if there is none, if several may be meant, or if no list has objects of the type.
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

    /// The first list of each type of rows that has fields of the type.
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
