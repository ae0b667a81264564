internal import JSON

/// The part of one schema field that is the same in all plans, decided once.
package final class FieldPrototype: Sendable {
    package let definition: FieldDefinition
    package let source: FieldSource
    package let shape: TypeShape
    /// The named type of the field's value, without its wrappers.
    package let type: NamedType
    /// The value as raw bytes, where it can be copied as such and the arguments are constant.
    let leaf: LeafCopy
    /// The source, as far as it matters at every row.
    let stepSource: PlanSteps.Step.Source

    /// Describes a field; nil if its type's lists nest too deep to be completed.
    ///
    /// - Parameters:
    ///   - definition: the field.
    ///   - source: the source of its value.
    ///   - type: the named type of the value.
    ///   - strictness: the treatment of data that does not match the schema.
    ///   - plainForm: the type of the object that a scalar returns with schema names of enum values; nil: it returns its value unchanged.
    init?(
        _ definition: FieldDefinition,
        source: FieldSource,
        type: NamedType,
        strictness: Strictness,
        plainForm: TypeID?
    ) {
        guard var shape = TypeShape(definition.type, of: type) else { return nil }
        if let plainForm { shape.leaf = .plainForm(plainForm) }
        self.definition = definition
        self.source = source
        self.shape = shape
        self.type = type
        leaf = LeafCopy(of: source, shape: shape, strictness: strictness)
        stepSource = PlanSteps.Step.Source(source)
    }

    /// Whether a `FieldResolver` resolves the value.
    var isBound: Bool { if case .bound = source { true } else { false } }
}
