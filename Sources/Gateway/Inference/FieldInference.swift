internal import GraphQL
internal import JSON
package import Upstream

/// Finds out which fields free-form objects have, by looking at some of them.
///
/// The schema says where they are: a type with a field that is its parent's JSON (`@self`, a scalar) shows such objects, and
/// every root collection of entities with a field of that type has some.
package struct FieldInference: Sendable {
    private let schema: LoadedSchema
    private let service: GatewayService
    private let caller: Caller

    /// Why nothing can be told.
    package struct Failure: Error, Sendable {
        package let message: String
    }

    /// A free-form type, and the queries that show objects of it.
    private struct Target {
        let type: NamedType
        let any: String
        let queries: [Query]
    }

    /// A query, and the keys that lead from its data to rows and from a row to an object.
    private struct Query {
        let text: String
        let rows: [String]
        let object: [String]
    }

    /// Prepares to look, with one key for the only workspace.
    package init(schema: LoadedSchema, broker: CallBroker, credential: Credential?, timeout: Duration = .seconds(600)) {
        self.schema = schema
        var limits = RequestLimits()
        limits.timeout = timeout
        limits.maximumCalls = .max
        service = GatewayService(schema: schema, broker: broker, limits: limits)
        caller = Caller(credential: credential)
    }

    /// The SDL for all free-form types, or for one.
    ///
    /// - Parameters:
    ///   - samples: how many objects are looked at, at most, in each collection.
    ///   - name: the free-form type; nil: every one that there is.
    ///   - inputName: the type that takes such objects; nil: the type's name with `Input`, if there is such a type.
    /// - Returns: extensions of object and input types; empty if there is nothing to name.
    /// - Throws: what keeps it from being told.
    package func sdl(samples: Int, type name: String?, input inputName: String?) async throws(Failure) -> String {
        let targets = targets(samples: samples).filter { name == nil || $0.type.name == name }
        guard !targets.isEmpty else {
            let what = name.map { "The type \"\($0)\" is none" } ?? "The schema has no type"
            throw Failure(message: "\(what) with a field of any JSON that is @self, on objects of a root collection.")
        }
        var texts: [String] = []
        for target in targets {
            let input = try input(inputName, of: target.type)
            var found = FieldSamples()
            for query in target.queries { try await look(query, into: &found) }
            let fields = InferredFields(
                samples: found,
                type: target.type,
                input: input,
                any: target.any,
                shownKeys: shownKeys(of: target.type)
            )
            texts.append(fields.sdl)
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func shownKeys(of type: NamedType) -> Set<String> {
        type.fields.reduce(into: []) { keys, field in
            if case .member(let key) = schema.executable.source(of: field, on: type) { keys.insert(key.name) }
        }
    }

    private func input(_ name: String?, of type: NamedType) throws(Failure) -> NamedType? {
        let found = schema.executable.schema[name ?? "\(type.name)Input"].flatMap { $0.kind == .inputObject ? $0 : nil }
        if let name, found == nil { throw Failure(message: "The schema has no input type \"\(name)\".") }
        return found
    }

    private func look(_ query: Query, into samples: inout FieldSamples) async throws(Failure) {
        let response = await service.respond(to: GraphQLRequest(query: query.text), caller: caller)
        guard let json = try? JSONValue(parsing: response.body) else {
            throw Failure(message: "The samples cannot be read.")
        }
        if let error = json["errors"]?[0] {
            let code = error["extensions"]?["code"]?.stringValue.map { " (\($0))" } ?? ""
            throw Failure(message: "\(error["message"]?.stringValue ?? "The samples cannot be had.")\(code)")
        }
        let rows = query.rows.reduce(json["data"]) { value, key in value?[key] }
        for row in rows?.arrayValue ?? [] {
            guard case .object(let object)? = query.object.reduce(row, { value, key in value?[key] }) else { continue }
            samples.add(object)
        }
    }

    // MARK: - Where to look

    private func targets(samples: Int) -> [Target] {
        let types = schema.executable.schema
        return types.types.compactMap { type in
            guard type.kind == .object, let all = whole(of: type) else { return nil }
            let queries = queries(for: type, all.name, samples: samples)
            guard !queries.isEmpty else { return nil }
            return Target(type: type, any: types.namedType(of: all.type).name, queries: queries)
        }
    }

    /// The field of a type that shows an object whole.
    private func whole(of type: NamedType) -> FieldDefinition? {
        type.fields.first { field in
            let fieldType = schema.executable.schema.namedType(of: field.type)
            guard case .parent = schema.executable.source(of: field, on: type) else { return false }
            return fieldType.kind == .scalar && SpecifiedScalar(rawValue: fieldType.name) == nil && field.isBare
        }
    }

    private func queries(for type: NamedType, _ all: String, samples: Int) -> [Query] {
        let types = schema.executable.schema
        guard let root = types.rootType(of: .query) else { return [] }
        return root.fields.flatMap { field -> [Query] in
            guard case .bound(let binding) = schema.executable.source(of: field, on: root),
                case .list(let collection) = schema.bindings[binding],
                let row = collection.entity.map({ types[$0.type] }), field.takesNothingOr("first")
            else { return [] }
            let shown = row.fields.filter { $0.isBare && types.namedType(of: $0.type).id == type.id }
            return shown.filter { $0.type.listItem == nil }.map { inner in
                let isConnection = collection.connection != nil
                let count = field.arguments["first"] == nil ? "" : "(first: \(samples))"
                let object = "{ \(inner.name) { \(all) } }"
                return Query(
                    text: "{ \(field.name)\(count) \(isConnection ? "{ nodes \(object) }" : object) }",
                    rows: isConnection ? [field.name, "nodes"] : [field.name],
                    object: [inner.name, all]
                )
            }
        }
    }
}

extension FieldDefinition {
    /// Whether it can be selected without arguments.
    fileprivate var isBare: Bool { takesNothingOr("") }

    /// Whether no argument but the one of that name must be given.
    fileprivate func takesNothingOr(_ name: String) -> Bool {
        arguments.allSatisfy { $0.name == name || !$0.type.isNonNull || $0.defaultValue != nil }
    }
}
