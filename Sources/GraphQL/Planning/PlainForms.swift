internal import JSON

/// Scalar fields that show whole objects, and the schema's names for the enum values in these.
///
/// Such a field shows the upstream's JSON, in which only the schema knows that a text is an enum's value. Who selects the same
/// members one by one gets the values' names.
package struct PlainForms: Sendable {
    /// The object types that scalar fields show, by the fields' names and their types.
    private var shown: [TypeID: [String: TypeID]] = [:]
    /// The names of enum values by object type, member and the upstream's spelling.
    private var names: [TypeID: [ExactString: [ExactString: String]]] = [:]

    package init() {}

    /// Whether every object is shown as it comes.
    package var isEmpty: Bool { shown.isEmpty }

    /// Adds a field, unless no member of its object has an enum type whose values are spelled otherwise than they are named.
    ///
    /// - Parameters:
    ///   - field: a scalar field.
    ///   - type: the type that it is a field of.
    ///   - object: the type of the object that it shows.
    ///   - executable: the schema.
    package mutating func add(
        _ field: FieldDefinition,
        of type: NamedType,
        showing object: NamedType,
        _ executable: ExecutableSchema
    ) {
        let found = names[object.id] ?? Self.names(of: object, executable)
        guard !found.isEmpty else { return }
        names[object.id] = found
        shown[type.id, default: [:]][field.name] = object.id
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

    /// The type of the object that a field shows; nil: it is no such field.
    func object(shownBy field: FieldDefinition, of type: NamedType) -> TypeID? { shown[type.id]?[field.name] }

    /// An object of a type with the names of enum values.
    func named(_ value: JSONValue, as type: TypeID) -> JSONValue {
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
