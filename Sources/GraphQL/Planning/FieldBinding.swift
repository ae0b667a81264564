package import JSON

/// Defines the source of every field's value, and the spelling of types and enum values in the data.
package protocol FieldBinding: Sendable {
    /// The source of a field's value.
    func source(of field: FieldDefinition, on type: NamedType) -> FieldSource

    /// The member of the parent's JSON object that a binding returns; nil: it returns another value.
    func member(shownBy binding: BindingID) -> JSONKey?

    /// The spelling of an enum value in the data.
    func spelling(of value: EnumValueDefinition, in type: NamedType) -> String

    /// The member that states which object type a value of the abstract type has.
    func discriminator(of type: NamedType) -> JSONKey

    /// The spelling of an object type in the discriminator's member.
    func spelling(of objectType: NamedType) -> String

    /// The treatment of values that are invalid for their type.
    var strictness: Strictness { get }
}

extension FieldBinding {
    package func member(shownBy binding: BindingID) -> JSONKey? { nil }
}
