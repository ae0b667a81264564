/// Descriptions of the fields of one type.
final class FieldPrototypes: Sendable {
    /// In the order of the fields; nil for one that cannot be completed.
    private let ordered: [FieldPrototype?]

    init(_ ordered: [FieldPrototype?]) {
        self.ordered = ordered
    }

    subscript(ordinal: Int) -> FieldPrototype? { ordered[ordinal] }
}
