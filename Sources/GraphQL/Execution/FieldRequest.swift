package import JSON

/// The request for one bound field that is ready, with its parents and arguments.
// PERF: a class, as it is passed through a dozen functions and has half a dozen references.
package final class FieldRequest: Sendable {
    package let plan: Plan
    package let field: PlanFieldID
    package let binding: BindingID
    /// The coerced arguments of the field.
    ///
    /// https://spec.graphql.org/September2025/#CoerceArgumentValues()
    package let arguments: JSONObject
    /// The parents, in result order; each is an object in one of `documents`.
    package let parents: [ValueReference]
    /// The execution's documents so far.
    package let documents: [SourceDocument]
    /// The index of each parent among the rows of the field above.
    let rows: [Int32]
    /// The number of rows of the field above.
    let rowCount: Int
    let incompleteObjects: IncompleteObjects
    /// The index of its execution among several that run together.
    let execution: Int

    init(
        plan: Plan,
        field: PlanFieldID,
        binding: BindingID,
        arguments: JSONObject,
        parents: [ValueReference],
        documents: [SourceDocument],
        rows: [Int32],
        rowCount: Int,
        incompleteObjects: IncompleteObjects
    ) {
        self.plan = plan
        self.field = field
        self.binding = binding
        self.arguments = arguments
        self.parents = parents
        self.documents = documents
        self.rows = rows
        self.rowCount = rowCount
        self.incompleteObjects = incompleteObjects
        execution = 0
    }

    /// A copy of a request of another execution.
    init(_ request: FieldRequest, execution: Int) {
        plan = request.plan
        field = request.field
        binding = request.binding
        arguments = request.arguments
        parents = request.parents
        documents = request.documents
        rows = request.rows
        rowCount = request.rowCount
        incompleteObjects = request.incompleteObjects
        self.execution = execution
    }

    /// Whether absent members of all parents are known to be null.
    package var hasCompleteParents: Bool { incompleteObjects.isEmpty }

    /// The reason why an absent member of a parent is unknown; nil: it is null.
    package func failure(ofMember member: ReadMember, of parent: ValueReference) -> FieldFailure? {
        incompleteObjects.failure(ofMember: member, of: parent)
    }
}
