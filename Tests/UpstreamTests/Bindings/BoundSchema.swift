import GraphQL
import Upstream

/// A schema with binding directives, read for a test.
struct BoundSchema {
    let schema: Schema
    let table: BindingTable
    let errors: [GraphQLError]

    /// Builds the schema and reads its bindings; throws only where the text is no valid schema.
    init(_ sdl: String) throws {
        schema = try Schema(sdl: Source(sdl), preludes: [BindingDirectives.document])
        (table, errors) = BindingTable.read(from: schema)
    }

    /// Where the value of a field comes from; nil if there is no such field.
    func source(_ type: String, _ field: String) -> FieldSource? {
        guard let type = schema[type], let field = type.fields[field] else { return nil }
        return table.source(of: field, on: type)
    }

    /// The binding of a field; nil if there is no such field, or it is not bound.
    func binding(_ type: String, _ field: String) -> Binding? {
        guard case .bound(let id)? = source(type, field) else { return nil }
        return table[id]
    }
}
