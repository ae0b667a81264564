internal import GraphQL
internal import JSON

/// The names of the members in which a connection shows its rows, as the fields of its type read them.
///
/// https://relay.dev/graphql/connections.htm
package struct ConnectionShape: Sendable {
    let nodes: JSONKey
    let edges: JSONKey
    let node: JSONKey
    let cursor: JSONKey
    let pageInfo: JSONKey
    let hasNextPage: JSONKey
    let hasPreviousPage: JSONKey
    let startCursor: JSONKey
    let endCursor: JSONKey
    /// The member for the number of all rows, which is not part of the specification.
    let totalCount: JSONKey

    /// Whether a type has the fields of a connection: `pageInfo` and one of `nodes` and `edges`.
    static func isConnection(_ type: NamedType) -> Bool {
        type.kind == .object && type.fields["pageInfo"] != nil
            && (type.fields["nodes"] != nil || type.fields["edges"] != nil)
    }

    /// Reads the names from a connection type; nil if the type is none.
    init?(_ type: NamedType, in schema: Schema) {
        guard Self.isConnection(type) else { return nil }
        let edge = type.fields["edges"].map { schema.namedType(of: $0.type) }
        let info = type.fields["pageInfo"].map { schema.namedType(of: $0.type) }
        func name(_ field: String, of type: NamedType?) -> JSONKey {
            JSONKey(type?.fields[field]?.upstreamName ?? field.snakeCased)
        }
        nodes = name("nodes", of: type)
        edges = name("edges", of: type)
        node = name("node", of: edge)
        cursor = name("cursor", of: edge)
        pageInfo = name("pageInfo", of: type)
        hasNextPage = name("hasNextPage", of: info)
        hasPreviousPage = name("hasPreviousPage", of: info)
        startCursor = name("startCursor", of: info)
        endCursor = name("endCursor", of: info)
        totalCount = name("totalCount", of: type)
    }

    /// The type of the rows.
    static func rowType(of connection: NamedType, in schema: Schema) -> NamedType? {
        guard isConnection(connection) else { return nil }
        if let nodes = connection.fields["nodes"] { return schema.namedType(of: nodes.type) }
        guard let edges = connection.fields["edges"] else { return nil }
        return schema.namedType(of: edges.type).fields["node"].map { schema.namedType(of: $0.type) }
    }

    /// The fields of a connection type, its edge type and its page info type for which the gateway has no value.
    static func unknownFields(
        of connection: NamedType,
        in schema: Schema
    ) -> [(type: NamedType, field: FieldDefinition)] {
        let edge = connection.fields["edges"].map { schema.namedType(of: $0.type) }
        let info = connection.fields["pageInfo"].map { schema.namedType(of: $0.type) }
        let parts: [(type: NamedType?, known: Set<String>)] = [
            (connection, ["nodes", "edges", "pageInfo", "totalCount"]), (edge, ["node", "cursor"]),
            (info, ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]),
        ]
        return parts.flatMap { type, known -> [(type: NamedType, field: FieldDefinition)] in
            guard let type else { return [] }
            return type.fields.filter { !known.contains($0.name) }.map { (type, $0) }
        }
    }
}
