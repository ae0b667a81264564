/// The selection set of a composite field: its fields for every concrete type that the value can have.
package struct PlanSelection: Sendable {
    /// The declared type: object, interface or union.
    package let type: TypeID
    /// The distinct selections of the concrete types.
    package let variants: [PlanVariant]
    /// The variant of each concrete type of an abstract type; empty for an object type, which has one.
    package let variantOfType: [TypeID: Int]
    /// Whether the declared type is an object type.
    package let isConcrete: Bool
    /// Whether any field in or below is bound.
    package let containsBound: Bool
}
