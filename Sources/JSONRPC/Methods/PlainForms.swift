package import GraphQL
package import JSON

/// The plain forms of objects in results: enum values in them are spelled as the schema names them.
///
/// A plain form is the upstream's JSON, in which only the schema knows that a text is an enum's value; a call that selects the
/// same fields one by one gets their names, and so must one that selects nothing.
package struct PlainForms: Sendable {
    private let schema: Schema
    private let fields: OwnFields
    /// The names of enum values by type, member and the upstream's spelling.
    private let names: [TypeID: [ExactString: [ExactString: String]]]

    /// Collects the enums of objects that have a plain form.
    init(_ fields: OwnFields) {
        self.fields = fields
        schema = fields.executable.schema
        var names: [TypeID: [ExactString: [ExactString: String]]] = [:]
        for type in fields.executable.schema.types where type.kind == .object && !type.name.hasPrefix("__") {
            for field in type.fields where fields.plain(of: field, of: type) != nil {
                let object = fields.executable.schema.namedType(of: field.type)
                names[object.id] = Self.names(of: object, fields.executable)
            }
        }
        self.names = names.filter { !$0.value.isEmpty }
    }

    private static func names(
        of type: NamedType,
        _ executable: ExecutableSchema
    ) -> [ExactString: [ExactString: String]] {
        var names: [ExactString: [ExactString: String]] = [:]
        for field in type.fields {
            let named = executable.schema.namedType(of: field.type)
            guard case .member(let member) = executable.source(of: field, on: type),
                let spelling = executable.spelling(of: named.id), !spelling.isVerbatim
            else { continue }
            let values = named.values.map(\.name)
            names[ExactString(member.name)] = spelling.ordinals.compactMapValues {
                values.indices.contains($0) ? values[$0] : nil
            }
        }
        return names
    }

    /// Whether no result is spelled otherwise than it comes.
    package var isEmpty: Bool { names.isEmpty }

    /// A result of a type with the names of enum values.
    package func spelled(_ value: JSONValue, of type: TypeReference) -> JSONValue {
        spelled(value, of: schema.namedType(of: type))
    }

    private func spelled(_ value: JSONValue, of type: NamedType) -> JSONValue {
        switch value {
        case .array(let items):
            return .array(items.map { spelled($0, of: type) })
        case .object(var members):
            for (key, member) in members {
                guard let field = type.fields[key] else { continue }
                let named = schema.namedType(of: field.type)
                if fields.plain(of: field, of: type) != nil {
                    members[key] = plain(member, named.id)
                } else if named.isComposite {
                    members[key] = spelled(member, of: named)
                }
            }
            return .object(members)
        case .null, .bool, .number, .string:
            return value
        }
    }

    private func plain(_ value: JSONValue, _ type: TypeID) -> JSONValue {
        guard let names = names[type], case .object(var members) = value else { return value }
        for (key, member) in members {
            if let names = names[ExactString(key)] { members[key] = Self.named(member, names) }
        }
        return .object(members)
    }

    private static func named(_ value: JSONValue, _ names: [ExactString: String]) -> JSONValue {
        switch value {
        case .string(let text): names[ExactString(text)].map { .string($0) } ?? value
        case .array(let items): .array(items.map { named($0, names) })
        case .null, .bool, .number, .object: value
        }
    }
}
