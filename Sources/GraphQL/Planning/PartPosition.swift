/// The position of a field in a response in parts.
package struct PartPosition: Sendable {
    /// The index of the part that the field is in; nil: the initial response.
    package var part: Int?
    /// The index of the part that the field represents; nil: none.
    package var begun: Int?
    /// The items of its list that the field has; nil: all.
    var items: Range<Int>?
    /// The field whose list it continues.
    var continued: PlanFieldID?

    /// The index of the part in tables that begin with the initial response.
    var tableIndex: Int { part.map { $0 + 1 } ?? 0 }
}
