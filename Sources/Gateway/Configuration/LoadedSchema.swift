package import GraphQL
internal import JSONRPC
package import Upstream

/// A schema that is ready to be served: the executable schema and its bindings.
package struct LoadedSchema: Sendable {
    package let executable: ExecutableSchema
    package let bindings: BindingTable

    /// All errors of a schema.
    package struct Invalid: Error, Sendable, CustomStringConvertible {
        package let errors: [GraphQLError]
        package let source: Source

        /// One line for each error, with file, line and column.
        package var description: String {
            errors.map { error in
                let locations = error.locations.map { "\(source.parts[$0.part].name):\($0.line):\($0.column)" }
                    .joined(separator: ", ")
                return locations.isEmpty ? error.message : "\(locations): \(error.message)"
            }.joined(separator: "\n")
        }
    }

    /// Loads a schema from its files' texts.
    ///
    /// - Throws: all errors of the text, the type system and the bindings.
    package init(_ source: Source) throws(Invalid) {
        let schema = try Self.schema(source)
        let (table, errors) = BindingTable.read(from: schema)
        let all =
            errors + ResourceTable.errors(in: schema) + SubscriptionMethod.errors(in: schema)
            + MethodTable.errors(in: schema)
        guard all.isEmpty else { throw Invalid(errors: all, source: source) }
        bindings = table
        executable = ExecutableSchema(schema: schema, binding: table)
    }

    /// Builds and checks the type system of a bound schema.
    package static func schema(_ source: Source) throws(Invalid) -> Schema {
        do {
            return try Schema(sdl: source, preludes: [BindingDirectives.document])
        } catch {
            throw Invalid(errors: error.errors, source: source)
        }
    }
}
