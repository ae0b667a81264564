/// Fields of one response key can be merged: they are the same field with the same arguments, or of distinct object
/// types, and what they return has one shape.
///
/// https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
///
/// Almost every document has no conflict, which `FieldMergeCheck` detects quickly. Only if it reports one does
/// `FieldConflictSearch` compare fields pair by pair, as graphql-js does, to report the same conflicts in the same order.
final class OverlappingFieldsCanBeMerged: ValidationRule {
    static let entered: NodeKinds = .selectionSet

    private let context: ValidationContext
    private let search: FieldConflictSearch?

    init(_ context: ValidationContext) {
        self.context = context
        var check = FieldMergeCheck(context)
        search = check.findsConflict() ? FieldConflictSearch(context) : nil
    }

    func enter(selectionSet: SelectionSetNode) -> VisitAction {
        guard let search else { return .skip }
        for conflict in search.conflicts(within: selectionSet, parent: context.typeInfo.parentType) {
            context.report(
                "Fields \"\(conflict.responseKey)\" conflict because \(conflict.reason)."
                    + " Use different aliases on the fields to fetch both if this was intentional.",
                at: (conflict.fields + conflict.otherFields).map(\.range)
            )
        }
        if search.isExhausted { context.abort() }
        return .proceed
    }
}
