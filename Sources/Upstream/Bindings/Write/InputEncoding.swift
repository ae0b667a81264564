internal import GraphQL
internal import JSON

/// Encodes coerced values of an input type for the upstream, and maps upstream names back to input fields.
struct InputEncoding: Sendable {
    /// The encoding of a type's values.
    private indirect enum Shape: Sendable {
        case verbatim
        case enumeration([String: String])
        case list(of: Shape)
        case object(TypeID)
    }

    /// A field of an input object.
    private struct Member: Sendable {
        let field: String
        let name: String
        let shape: Shape
        /// Whether the members of its value are merged into the parent object.
        let isParent: Bool
    }

    private let root: Shape
    private let objects: [TypeID: [Member]]

    /// Makes the encoding of a type, including its nested types.
    init(_ type: TypeReference, schema: Schema) {
        var objects: [TypeID: [Member]] = [:]
        root = Self.shape(of: type, schema, &objects)
        self.objects = objects
    }

    private static func shape(_ type: NamedType, _ schema: Schema, _ objects: inout [TypeID: [Member]]) -> Shape {
        switch type.kind {
        case .enumeration:
            let spellings = type.values.map { ($0.name, $0.upstreamName) }
            return .enumeration(Dictionary(spellings, uniquingKeysWith: { first, _ in first }))
        case .inputObject:
            guard objects[type.id] == nil else { return .object(type.id) }
            // A recursive type finds this entry.
            objects[type.id] = []
            objects[type.id] = type.inputFields.map { field in
                Member(
                    field: field.name,
                    name: field.upstreamName,
                    shape: shape(of: field.type, schema, &objects),
                    isParent: DirectiveArguments(.parent, in: field.directives) != nil
                )
            }
            return .object(type.id)
        case .scalar, .object, .interface, .union:
            return .verbatim
        }
    }

    private static func shape(
        of type: TypeReference,
        _ schema: Schema,
        _ objects: inout [TypeID: [Member]]
    ) -> Shape {
        switch type {
        case .nonNull(let nullable): shape(of: nullable, schema, &objects)
        case .list(let item): .list(of: shape(of: item, schema, &objects))
        case .named(let id): shape(schema[id], schema, &objects)
        }
    }

    // MARK: - Values

    /// The error of a value that cannot be sent: two parts of it set the same member.
    struct Conflict: Error {
        let message: String
        /// The path from the whole value to the second of these parts.
        let path: [JSONValue]
    }

    /// The value in the upstream's spelling; absent members stay absent, and null stays null.
    func encode(_ value: JSONValue) throws(Conflict) -> JSONValue {
        try encode(value, root, at: [])
    }

    private func encode(_ value: JSONValue, _ shape: Shape, at path: [JSONValue]) throws(Conflict) -> JSONValue {
        switch (shape, value) {
        case (.enumeration(let spellings), .string(let name)):
            return .string(spellings[name] ?? name)
        case (.list(let inner), .array(let items)):
            var encoded: [JSONValue] = []
            for (index, item) in items.enumerated() {
                encoded.append(try encode(item, inner, at: path + [.integer(index)]))
            }
            return .array(encoded)
        case (.object(let type), .object(let given)):
            var encoded = JSONObject()
            for member in objects[type] ?? [] {
                guard let value = given[member.field] else { continue }
                let location = path + [.string(member.field)]
                let inner = try encode(value, member.shape, at: location)
                func locationOfKey(_ key: String) -> [JSONValue] {
                    location + (self.path(to: [key], member.shape, value) ?? [.string(key)])
                }
                if member.isParent {
                    try merge(inner, into: &encoded, at: location, locationOfKey)
                } else if case .object(var known)? = encoded[member.name], case .object = inner {
                    try merge(inner, into: &known, at: location, locationOfKey)
                    encoded[member.name] = .object(known)
                } else if encoded.updateValue(inner, forKey: member.name) != nil {
                    throw Conflict(message: "The field is given in two ways; use only one.", path: location)
                }
            }
            return .object(encoded)
        case (.verbatim, _), (.enumeration, _), (.list, _), (.object, _):
            return value
        }
    }

    private func merge(
        _ value: JSONValue,
        into object: inout JSONObject,
        at path: [JSONValue],
        _ locationOfKey: (String) -> [JSONValue]
    ) throws(Conflict) {
        guard case .object(let members) = value else {
            if value.isNull { return }
            throw Conflict(message: "The field must be an object.", path: path)
        }
        for (key, value) in members where object.updateValue(value, forKey: key) != nil {
            throw Conflict(message: "The key \"\(key)\" is given twice; keep one.", path: locationOfKey(key))
        }
    }

    // MARK: - Paths

    /// The path to an upstream name in a value, by the schema's names; nil: there is none.
    func path(to names: [String], in value: JSONValue) -> [JSONValue]? {
        path(to: names[...], root, value)
    }

    private func path(to names: ArraySlice<String>, _ shape: Shape, _ value: JSONValue?) -> [JSONValue]? {
        guard let name = names.first else { return [] }
        switch shape {
        case .verbatim, .enumeration:
            return names.map { Int($0).map { .integer($0) } ?? .string($0) }
        case .list(let inner):
            guard let index = Int(name) else { return nil }
            return path(to: names.dropFirst(), inner, value?[index]).map { [.integer(index)] + $0 }
        case .object(let type):
            return path(to: names, among: objects[type] ?? [], value)
        }
    }

    /// The path through one of the fields with an upstream name, preferably a given one that has the rest of the path.
    private func path(to names: ArraySlice<String>, among members: [Member], _ value: JSONValue?) -> [JSONValue]? {
        let rest = names.dropFirst()
        let named = members.filter { !$0.isParent && $0.name == names.first }
        let given = named.filter { value?[$0.field] != nil }
        let holding = given.filter { member in
            rest.isEmpty || self.value(at: rest, member.shape, value?[member.field]) != nil
        }
        func path(through member: Member) -> [JSONValue]? {
            self.path(to: rest, member.shape, value?[member.field]).map { [.string(member.field)] + $0 }
        }
        if let member = holding.first { return path(through: member) }
        for member in members where member.isParent {
            guard let inner = value?[member.field], self.value(at: names, member.shape, inner) != nil else { continue }
            return self.path(to: names, member.shape, inner).map { [.string(member.field)] + $0 }
        }
        return (given.first ?? named.first).flatMap(path)
    }

    /// The part of a value at an upstream name.
    private func value(at names: ArraySlice<String>, _ shape: Shape, _ value: JSONValue?) -> JSONValue? {
        guard let path = path(to: names, shape, value) else { return nil }
        return path.reduce(value) { value, step in
            switch step {
            case .string(let name): value?[name]
            case .number(let index): index.intValue.flatMap { value?[$0] }
            case .null, .bool, .array, .object: nil
            }
        }
    }
}
