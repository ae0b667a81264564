package import JSON

/// The source of a field's value.
///
/// It is decided once for a schema, by a `FieldBinding`.
package enum FieldSource: Sendable, Hashable {
    /// The member of the parent's JSON object with this key.
    case member(JSONKey)
    /// One of two members, chosen by the field's Boolean argument `includeDeprecated`.
    case memberByDeprecation(current: JSONKey, all: JSONKey)
    /// The member of the parent's JSON object whose name is the value of the field's argument.
    case memberNamed(argument: String)
    /// The parent's JSON object itself, seen as another type.
    case parent
    /// The value that a `FieldResolver` resolves for the binding.
    case bound(BindingID)
    /// The name of the parent's concrete type.
    case typename
    /// The schema's own object in the introspection document.
    case introspectionSchema
    /// The type with the name in the argument `name`, in the introspection document.
    case introspectionType
}

extension FieldSource {
    /// Whether the value is a member of the parent's JSON object.
    var isMember: Bool {
        switch self {
        case .member, .memberByDeprecation, .memberNamed: true
        case .parent, .bound, .typename, .introspectionSchema, .introspectionType: false
        }
    }

    /// The key of the member with the value, for known arguments; nil: there is none.
    func member(_ arguments: JSONObject) -> JSONKey? {
        switch self {
        case .member(let key): return key
        case .memberByDeprecation(let current, let all):
            return arguments["includeDeprecated"] == .bool(true) ? all : current
        case .memberNamed(let argument):
            guard case .string(let name)? = arguments[argument] else { return nil }
            return JSONKey(name)
        case .parent, .bound, .typename, .introspectionSchema, .introspectionType: return nil
        }
    }
}
