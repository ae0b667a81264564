package import JSON

/// What introspection tells of a schema, prepared as a JSON document.
///
/// Members are named like the fields of the introspection types. A field with an argument `includeDeprecated` has two
/// members: its name without what is deprecated, and its name with a plus sign for all. Every type stands once; all
/// that refers to it is a link, so that queries can go round in circles.
/// https://spec.graphql.org/September2025/#sec-Schema-Introspection
package struct IntrospectionDocument: Sendable {
    /// The document, as fields read from it.
    package let source: SourceDocument
    /// The `__Schema` object.
    package let schemaNode: Int
    private let typeNodes: [String: Int]

    /// Describes a schema.
    package init(_ schema: Schema) {
        var writer = IntrospectionWriter(schema: schema)
        schemaNode = writer.writeAll()
        typeNodes = Dictionary(
            schema.visibleTypes.compactMap { id in writer.node(of: id).map { (schema[id].name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        source = SourceDocument(writer.finish())
    }

    /// The JSON document that the nodes are in.
    package var document: JSONDocument { source.json }

    /// The `__Type` object of a named type.
    package func typeNode(named name: String) -> Int? {
        // Names are ASCII, but Swift takes some other strings for equal: the Kelvin sign for a K, for one.
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return typeNodes[name]
    }
}
