package import GraphQL
package import JSON

/// How a bound field gets its value.
package enum Binding: Sendable {
    /// A GET of one object for each parent.
    case get(CallTemplate)
    /// A GET of a collection for each parent.
    case list(Collection)
    /// The entity whose key stands in a member of the parent.
    case reference(key: JSONKey, entity: Entity)
    /// The members of the parent as a list of keys and values; needs no call.
    case entries(key: String, value: String)
}

/// A collection as a field shows it.
package struct Collection: Sendable {
    package let template: CallTemplate
    /// The rows' type if it is an entity: rows are told apart by its key.
    package let entity: Entity?
    /// How a connection type shows its rows; nil: the field is a plain list.
    package let connection: ConnectionShape?
}

/// How one object of an entity type is fetched.
package struct Entity: Sendable {
    package let type: TypeID
    package let template: URITemplate
    /// The member that identifies an object.
    package let key: JSONKey
    /// The template's variable that takes the key.
    package let keyName: String
    /// A member that, unless null, tells that the object is deleted.
    package let deletedAt: JSONKey?

    /// The path of one object.
    func path(of key: String) -> String {
        template.expand { $0 == keyName ? key : nil }
    }
}

/// The fields of a connection type.
///
/// https://relay.dev/graphql/connections.htm
package enum ConnectionShape: Sendable {
    case relay

    /// Whether a type has the fields of a connection: `pageInfo` and one of `nodes` and `edges`.
    init?(_ type: NamedType) {
        guard type.kind == .object, type.fields["pageInfo"] != nil,
            type.fields["nodes"] != nil || type.fields["edges"] != nil
        else { return nil }
        self = .relay
    }

    /// The type of the rows.
    func rowType(of connection: NamedType, in schema: Schema) -> NamedType? {
        if let nodes = connection.fields["nodes"] { return schema.namedType(of: nodes.type) }
        guard let edges = connection.fields["edges"] else { return nil }
        return schema.namedType(of: edges.type).fields["node"].map { schema.namedType(of: $0.type) }
    }
}
