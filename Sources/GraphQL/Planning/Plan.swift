private import Synchronization

/// An operation laid out for execution: a tree of fields in one array, every decision that needs no data already made.
///
/// Conditions of `@skip` and `@include` are decided too, so one operation has a plan for each combination of the
/// Boolean variables that its conditions use.
package final class Plan: Sendable {
    package let executable: ExecutableSchema
    package let operation: OperationType
    package let source: Source
    package let fields: [PlanField]
    package let selections: [PlanSelection]
    /// The root selection set; its parent is the root value.
    package let root: PlanSelectionID
    /// Fields whose arguments use variables, coerced once at the start of an execution.
    package let fieldsWithVariables: [PlanFieldID]
    /// Whether a field queries the schema.
    package let usesIntrospection: Bool
    /// The parts of a response in parts; empty: the response is not in parts.
    package let parts: [PlanPart]
    /// Whether the arguments of a `@defer` or `@stream` are invalid, so that its field fails.
    package let hasInvalidPart: Bool
    /// The fields that continue lists, by those that begin them.
    let continuations: [PlanFieldID: PlanFieldID]
    /// The plan as flat tables of numbers.
    let steps: PlanSteps
    private let madeKeys = Mutex<ResponseKeys?>(nil)
    private let madeTemplates = Mutex<SignatureTemplates?>(nil)

    package init(
        executable: ExecutableSchema,
        operation: OperationType,
        source: Source,
        tree: PlanTree,
        root: PlanSelectionID
    ) {
        self.executable = executable
        self.operation = operation
        self.source = source
        self.root = root
        fields = tree.fields
        selections = tree.selections
        fieldsWithVariables = tree.fieldsWithVariables
        usesIntrospection = tree.usesIntrospection
        parts = tree.parts
        hasInvalidPart = tree.hasInvalidPart
        continuations = tree.continuations
        steps = PlanSteps(tree, executable: executable)
    }

    /// The keys of its responses.
    // PERF: stored, as they are needed whenever a result is used again.
    package var responseKeys: ResponseKeys {
        if let keys = madeKeys.withLock({ $0 }) { return keys }
        let keys = ResponseKeys(self)
        madeKeys.withLock { $0 = keys }
        return keys
    }

    /// The templates of the signatures of its executions.
    var signatureTemplates: SignatureTemplates {
        if let templates = madeTemplates.withLock({ $0 }) { return templates }
        let templates = SignatureTemplates(self)
        madeTemplates.withLock { $0 = templates }
        return templates
    }

    package subscript(id: PlanFieldID) -> PlanField { fields[id.index] }
    package subscript(id: PlanSelectionID) -> PlanSelection { selections[id.index] }

    /// The fields of a variant, those of its deferred fragments among them.
    package func fields(of variant: PlanVariant) -> [PlanFieldID] {
        guard !parts.isEmpty else { return variant.fields }
        return variant.fields.flatMap { id -> [PlanFieldID] in
            guard self[id].position.begun != nil, self[id].position.continued == nil, let inner = self[id].selection
            else { return [id] }
            return self[inner].variants.flatMap { fields(of: $0) }
        }
    }
}
