package import JSON

/// The introspection of a schema, prepared as a JSON document.
///
/// Members are named like the fields of the introspection types. A field with an argument `includeDeprecated` has two
/// members: its name without deprecated definitions, and its name with a plus sign for all. Every type is written once; all
/// references to it are links, so that queries can follow cycles.
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
package final class IntrospectionDocument: Sendable {
    /// The document, as fields read from it.
    package let source: SourceDocument
    /// The `__Schema` object.
    package let schemaNode: Int
    private let names: NameTable
    /// The `__Type` objects, in the order of the names.
    private let typeNodes: [Int]

    /// Writes the introspection of a schema.
    package init(_ schema: Schema) {
        var writer = IntrospectionWriter(schema: schema)
        schemaNode = writer.writeAll()
        var names = NameTable(minimumCapacity: schema.visibleTypes.count)
        var typeNodes: [Int] = []
        for id in schema.visibleTypes {
            guard let node = writer.node(of: id), names.insert(schema[id].name) else { continue }
            typeNodes.append(node)
        }
        self.names = names
        self.typeNodes = typeNodes
        source = SourceDocument(writer.finish())
    }

    /// The JSON document with the nodes.
    package var document: JSONDocument { source.json }

    /// The `__Type` object of a named type.
    package func typeNode(named name: String) -> Int? {
        names.ordinal(of: name).map { typeNodes[$0] }
    }
}
