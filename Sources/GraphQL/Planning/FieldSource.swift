package import JSON

/// Where the value of a field comes from.
///
/// It is decided once for a schema, by a `FieldBinding`.
package enum FieldSource: Sendable, Hashable {
    /// The member of that name of the parent's JSON object.
    case member(JSONKey)
    /// One of two members, chosen by the field's Boolean argument `includeDeprecated`.
    case memberByDeprecation(current: JSONKey, all: JSONKey)
    /// The member of the parent's JSON object that the field's argument names.
    case memberNamed(argument: String)
    /// The parent's JSON object itself, seen as another type.
    case parent
    /// What a `FieldResolver` gives for the binding.
    case bound(BindingID)
    /// The name of the parent's concrete type.
    case typename
    /// The schema's own object in the introspection document.
    case introspectionSchema
    /// The type named by the argument `name` in the introspection document.
    case introspectionType
}

/// The index of a binding in the table of whoever resolves it; opaque to the engine.
package struct BindingID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}

/// Says for every field of a schema where its value comes from, and how types and enum values are spelt in the data.
package protocol FieldBinding: Sendable {
    /// Where the field's value comes from.
    func source(of field: FieldDefinition, on type: NamedType) -> FieldSource

    /// How an enum's value is spelt in the data.
    func spelling(of value: EnumValueDefinition, in type: NamedType) -> String

    /// The member that tells which object type a value of the abstract type has.
    func discriminator(of type: NamedType) -> JSONKey

    /// How the object type is spelt in the discriminator's member.
    func spelling(of objectType: NamedType) -> String

    /// How values that do not fit their type are treated.
    var strictness: Strictness { get }
}

/// How the executor treats data whose shape is not the schema's.
package enum Strictness: Sendable {
    /// A value that is no object where one is expected is an error: the upstream broke its contract.
    case upstream
    /// As graphql-js treats plain JavaScript values, with the markers `$error` and `$args` in the data.
    case localData
}

/// Every field is the member of its own name: the data was written for the schema.
package struct PlainBinding: FieldBinding {
    package let strictness: Strictness

    package init(strictness: Strictness = .localData) {
        self.strictness = strictness
    }

    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        .member(JSONKey(field.name))
    }

    package func spelling(of value: EnumValueDefinition, in type: NamedType) -> String { value.name }
    package func discriminator(of type: NamedType) -> JSONKey { JSONKey("__typename") }
    package func spelling(of objectType: NamedType) -> String { objectType.name }
}
