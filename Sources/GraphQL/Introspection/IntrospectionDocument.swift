package import JSON

/// The introspection of a schema, prepared as a JSON document.
///
/// Members are named like the fields of the introspection types. A field with an argument `includeDeprecated` has two
/// members: its name without what is deprecated, and its name with a plus sign for all. Every type stands once; all
/// that refers to it is a link, so that queries can go round in circles.
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
package final class IntrospectionDocument: Sendable {
    /// The document, as fields read from it.
    package let source: SourceDocument
    /// The `__Schema` object.
    package let schemaNode: Int
    private let names: NameTable
    /// The `__Type` objects of these names.
    private let typeNodes: [Int]

    /// Describes a schema.
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

    /// The JSON document that the nodes are in.
    package var document: JSONDocument { source.json }

    /// The `__Type` object of a named type.
    package func typeNode(named name: String) -> Int? {
        names.ordinal(of: name).map { typeNodes[$0] }
    }
}
