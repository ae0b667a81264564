internal import JSON

/// The scalar fields that return whole objects, and the schema names of the enum values in these.
///
/// Such a field returns the upstream's JSON, in which only the schema identifies enum values. Clients that select the same
/// members one by one get their schema names, at every depth.
package struct PlainForms: Sendable {
    /// The composite types that scalar fields return, by parent type and field name.
    private var shown: [TypeID: [String: TypeID]] = [:]
    private var namings: [TypeID: Naming] = [:]

    /// The names in values of a type.
    private enum Naming: Sendable {
        /// The schema names of enum values by the upstream's spelling.
        case values([ExactString: String])
        /// The types of an object's members, and the types as which fields return the object itself.
        case object(members: [ExactString: [TypeID]], views: [TypeID])
        /// The possible types of an abstract one by the text of a member.
        case variants(member: String, [ExactString: TypeID])
    }

    package init() {}

    /// Whether there are no such fields.
    package var isEmpty: Bool { shown.isEmpty }

    /// Adds a field, unless no value in its object, however deep, has an enum type whose values are spelled otherwise than they
    /// are named.
    ///
    /// - Parameters:
    ///   - field: a scalar field.
    ///   - type: the type that it is a field of.
    ///   - object: the type of the object that it returns.
    ///   - executable: the schema.
    package mutating func add(
        _ field: FieldDefinition,
        of type: NamedType,
        showing object: NamedType,
        _ executable: ExecutableSchema
    ) {
        var found: [TypeID: Naming] = [:]
        Self.collect(object, executable, into: &found)
        let hasNames = found.values.contains { if case .values = $0 { true } else { false } }
        guard hasNames else { return }
        namings.merge(found) { first, _ in first }
        shown[type.id, default: [:]][field.name] = object.id
    }

    /// Collects a type and those of the values within its own.
    private static func collect(
        _ type: NamedType,
        _ executable: ExecutableSchema,
        into namings: inout [TypeID: Naming]
    ) {
        guard namings[type.id] == nil else { return }
        let inner: [TypeID]
        switch type.kind {
        case .scalar, .inputObject: return
        case .enumeration:
            guard let spelling = executable.spelling(of: type.id), !spelling.isVerbatim else { return }
            let names = type.values.map(\.name)
            namings[type.id] = .values(
                spelling.ordinals.compactMapValues { names.indices.contains($0) ? names[$0] : nil }
            )
            return
        case .interface, .union:
            guard let discriminator = executable.discriminator(of: type.id) else { return }
            namings[type.id] = .variants(member: discriminator.member.name, discriminator.types)
            inner = Array(discriminator.types.values)
        case .object:
            let (members, views) = parts(of: type, executable)
            namings[type.id] = .object(members: members, views: views)
            inner = members.values.flatMap(\.self) + views
        }
        for id in inner { collect(executable.schema[id], executable, into: &namings) }
    }

    private static func parts(
        of type: NamedType,
        _ executable: ExecutableSchema
    ) -> (members: [ExactString: [TypeID]], views: [TypeID]) {
        var (members, views): ([ExactString: [TypeID]], [TypeID]) = ([:], [])
        for field in type.fields {
            let named = executable.schema.namedType(of: field.type)
            guard named.isComposite || named.kind == .enumeration else { continue }
            switch executable.source(of: field, on: type) {
            case .member(let member): members[ExactString(member.name), default: []].append(named.id)
            case .parent: views.append(named.id)
            case .bound(let binding):
                guard let member = executable.binding.member(shownBy: binding) else { continue }
                members[ExactString(member.name), default: []].append(named.id)
            case .memberByDeprecation, .memberNamed, .typename, .introspectionSchema, .introspectionType: continue
            }
        }
        return (members, views)
    }

    /// The type of the object that a field returns; nil: it is no such field.
    func object(shownBy field: FieldDefinition, of type: NamedType) -> TypeID? { shown[type.id]?[field.name] }

    /// A value with the schema names of enum values.
    ///
    /// - Parameters:
    ///   - value: the value from the upstream.
    ///   - types: its types; several if fields return it as different types.
    /// - Returns: the value with names; a text that is no enum value stays unchanged.
    func named(_ value: JSONValue, as types: [TypeID]) -> JSONValue {
        switch value {
        case .string(let text): return name(of: text, as: types).map { .string($0) } ?? value
        case .array(let items): return .array(items.map { named($0, as: types) })
        case .object(var members):
            let known = memberTypes(of: members, as: types)
            guard !known.isEmpty else { return value }
            for (key, member) in members {
                let types = known.flatMap { $0[ExactString(key)] ?? [] }
                if !types.isEmpty { members[key] = named(member, as: types) }
            }
            return .object(members)
        case .null, .bool, .number: return value
        }
    }

    private func name(of text: String, as types: [TypeID]) -> String? {
        for type in types {
            if case .values(let names)? = namings[type], let name = names[ExactString(text)] { return name }
        }
        return nil
    }

    /// The types of an object's members, as each of its own types has them.
    private func memberTypes(of object: JSONObject, as types: [TypeID]) -> [[ExactString: [TypeID]]] {
        var (open, seen, found): ([TypeID], Set<TypeID>, [[ExactString: [TypeID]]]) = (types, [], [])
        while let type = open.popLast() {
            guard seen.insert(type).inserted else { continue }
            switch namings[type] {
            case .object(let members, let views):
                found.append(members)
                open += views
            case .variants(let member, let types):
                guard case .string(let text)? = object[member], let type = types[ExactString(text)] else { continue }
                open.append(type)
            case .values, nil: continue
            }
        }
        return found
    }
}
