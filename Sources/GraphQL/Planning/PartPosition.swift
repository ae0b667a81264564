/// Where a field stands in a response that comes in parts.
package struct PartPosition: Sendable {
    /// The part that the field is in; nil: it is in what comes first.
    package var part: Int?
    /// The part that the field stands for; nil: it stands for none.
    package var begun: Int?
    /// The items of its list that the field has; nil: all.
    var items: Range<Int>?
    /// The field whose list it continues.
    var continued: PlanFieldID?

    /// The index of the part in tables that have what comes first at the beginning.
    var tableIndex: Int { part.map { $0 + 1 } ?? 0 }
}
