internal import JSON

/// Coerces JSON values to input types, and collects the problems.
///
/// https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion and the like sections of the other types
struct InputValueCoercion {
    private let schema: Schema
    private let maximumProblems: Int
    private var path: [PathSegment] = []
    private(set) var problems: [InputValueProblem] = []
    /// Whether there were more problems than the maximum; the rest of the value is not checked.
    private(set) var isAborted = false

    init(schema: Schema, maximumProblems: Int) {
        self.schema = schema
        self.maximumProblems = maximumProblems
    }

    /// The coerced value; nil: it is invalid, and a problem is recorded.
    mutating func coerce(_ value: JSONValue, to type: TypeReference) -> JSONValue? {
        if case .nonNull(let nullable) = type {
            if case .null = value {
                return refuse(value, "Expected non-nullable type \"\(schema.text(of: type))\" not to be null.")
            }
            return coerce(value, to: nullable)
        }
        if case .null = value { return .null }
        switch type {
        case .nonNull: return nil
        case .list(let itemType): return coerce(value, toListOf: itemType)
        case .named(let id):
            let type = schema[id]
            return type.kind == .inputObject ? coerce(value, toInputObject: type) : coerce(value, toLeaf: type)
        }
    }

    /// Coerces a list item by item; a value that is not a list is coerced as a list of one.
    ///
    /// https://spec.graphql.org/September2025/#sec-List.Input-Coercion
    private mutating func coerce(_ value: JSONValue, toListOf itemType: TypeReference) -> JSONValue? {
        guard case .array(let items) = value else {
            return coerce(value, to: itemType).map { .array([$0]) }
        }
        var coerced: [JSONValue] = []
        coerced.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            if isAborted { break }
            path.append(.index(index))
            if let item = coerce(item, to: itemType) { coerced.append(item) }
            path.removeLast()
        }
        return coerced.count == items.count ? .array(coerced) : nil
    }

    private mutating func coerce(_ value: JSONValue, toLeaf type: NamedType) -> JSONValue? {
        do {
            return try type.coerceLeaf(value)
        } catch {
            return refuse(value, error.message)
        }
    }

    /// Coerces an input object field by field, in the order of their definitions.
    ///
    /// https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion
    private mutating func coerce(_ value: JSONValue, toInputObject type: NamedType) -> JSONValue? {
        let object: JSONObject
        switch value {
        case .object(let members): object = members
        case .null, .bool, .number, .string, .array:
            return refuse(value, "Expected type \"\(type.name)\" to be an object.")
        }
        let problemsBefore = problems.count
        var coerced = JSONObject()
        var given: [String] = []
        for field in type.inputFields where !isAborted {
            if let member = object[field.name] {
                given.append(field.name)
                path.append(.key(field.name))
                coerced[field.name] = coerce(member, to: field.type)
                path.removeLast()
            } else if let defaultValue = schema.defaultValue(of: field) {
                coerced[field.name] = defaultValue
            } else if field.type.isNonNull {
                let reason = "of required type \"\(schema.text(of: field.type))\" was not provided."
                _ = refuse(value, "Field \"\(field.name)\" \(reason)")
            }
        }
        if given.count < object.count { refuseUnknownMembers(of: object, as: value, in: type) }
        if type.isOneOf { checkOneOf(coerced, given: given, as: value, in: type) }
        return problems.count == problemsBefore && !isAborted ? .object(coerced) : nil
    }

    private mutating func refuseUnknownMembers(of object: JSONObject, as value: JSONValue, in type: NamedType) {
        // Names are compared byte by byte, as Swift strings with other Unicode normalization are equal.
        for key in object.keys where type.inputFields[key]?.name.utf8.elementsEqual(key.utf8) != true {
            if isAborted { return }
            let suggestions = didYouMean(suggestionList(key, type.inputFields.names))
            _ = refuse(value, "Field \"\(key)\" is not defined by type \"\(type.name)\".\(suggestions)")
        }
    }

    /// Checks that exactly one field is given, and not as null.
    ///
    /// https://spec.graphql.org/September2025/#sec-OneOf-Input-Objects
    private mutating func checkOneOf(
        _ coerced: JSONObject,
        given: [String],
        as value: JSONValue,
        in type: NamedType
    ) {
        if given.count != 1 {
            _ = refuse(value, "Exactly one key must be specified for OneOf type \"\(type.name)\".")
        }
        guard let name = given.first, case .null? = coerced[name] else { return }
        path.append(.key(name))
        _ = refuse(.null, "Field \"\(name)\" must be non-null.")
        path.removeLast()
    }

    /// Records a problem of the value at the current path; returns nil, the result of a failed coercion.
    private mutating func refuse(_ value: JSONValue, _ message: String) -> JSONValue? {
        if problems.count >= maximumProblems {
            isAborted = true
        } else if !isAborted {
            problems.append(InputValueProblem(path: path, value: value, message: message))
        }
        return nil
    }
}
