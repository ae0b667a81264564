package import JSON

/// Says for every field of a schema where its value comes from, and how types and enum values are spelt in the data.
package protocol FieldBinding: Sendable {
    /// Where the field's value comes from.
    func source(of field: FieldDefinition, on type: NamedType) -> FieldSource

    /// The member of the parent's JSON that a binding shows; nil: it shows another value.
    func member(shownBy binding: BindingID) -> JSONKey?

    /// How an enum's value is spelt in the data.
    func spelling(of value: EnumValueDefinition, in type: NamedType) -> String

    /// The member that states which object type a value of the abstract type has.
    func discriminator(of type: NamedType) -> JSONKey

    /// How the object type is spelt in the discriminator's member.
    func spelling(of objectType: NamedType) -> String

    /// How values that do not fit their type are treated.
    var strictness: Strictness { get }
}

extension FieldBinding {
    package func member(shownBy binding: BindingID) -> JSONKey? { nil }
}
