package import GraphQL
internal import JSON
private import Synchronization
internal import Upstream

/// A valid document, and the plans of its operations, which are made when they are first needed.
package final class StoredDocument: Sendable {
    package let document: Document
    /// The text, which is the key of the document in caches.
    let text: ExactString
    private let operations: [OperationDefinitionNode]
    private let fragments: [String: FragmentDefinitionNode]
    /// Whether the document may have directives.
    private let mayHaveConditions: Bool
    private let plans = Mutex(Plans())

    private struct PlanKey: Hashable {
        let operation: Int
        let conditions: Conditions
        /// The schema that it is planned against: JSON-RPC methods have one of their own.
        let executable: ObjectIdentifier
    }

    private struct Plans {
        // PERF: most documents have one plan; a table would be one more object to make and to drop for each of them.
        var cached: [(key: PlanKey, planned: PlannedOperation)] = []
        var fieldCount = 0
        /// The variables of each operation's conditions, once they have been collected.
        var conditionVariables: [Int: [String]] = [:]

        subscript(key: PlanKey) -> PlannedOperation? { cached.first { $0.key == key }?.planned }
    }

    /// The most plans that are cached for one document; plans for further combinations of conditions are made each time.
    private static let maximumPlans = 32

    /// Stores a validated document, with its text if the caller has it.
    package init(_ document: Document, text: String? = nil) {
        self.document = document
        self.text = ExactString(text ?? String(decoding: document.source.text, as: UTF8.self))
        var operations: [OperationDefinitionNode] = []
        var fragments: [String: FragmentDefinitionNode] = [:]
        for definition in document.definitions {
            switch definition {
            case .operation(let node): operations.append(node)
            case .fragment(let node): fragments[node.name.value] = node
            case .schema, .type, .directive: break
            }
        }
        self.operations = operations
        self.fragments = fragments
        // PERF: most documents have no directive, and looking for one byte takes less than visiting all nodes.
        mayHaveConditions = document.source.text.contains(UInt8(ascii: "@"))
    }

    /// One operation of the document, selected by name.
    package struct Selected: Sendable {
        let index: Int
        package let definition: OperationDefinitionNode
    }

    /// Selects the operation to execute.
    ///
    /// https://spec.graphql.org/September2025/#GetOperation()
    package func operation(named name: String?) throws(GraphQLError) -> Selected {
        if let name {
            guard let index = operations.firstIndex(where: { $0.name?.value.hasSameBytes(as: name) == true }) else {
                throw GraphQLError("Unknown operation named \"\(name)\".")
            }
            return Selected(index: index, definition: operations[index])
        }
        guard let first = operations.first else { throw GraphQLError("Must provide an operation.") }
        guard operations.count == 1 else {
            throw GraphQLError("Must provide operation name if query contains multiple operations.")
        }
        return Selected(index: 0, definition: first)
    }

    /// The plan of an operation for the values of its conditions, and whether it is new and cached from now on.
    func planning(
        _ operation: Selected,
        variables: VariableValues,
        executable: ExecutableSchema
    ) throws(GraphQLError) -> (planned: PlannedOperation, isNew: Bool) {
        let conditions = Conditions(conditionVariables(of: operation), from: variables)
        let key = PlanKey(
            operation: operation.index,
            conditions: conditions,
            executable: ObjectIdentifier(executable)
        )
        if let planned = plans.withLock({ $0[key] }) { return (planned, false) }
        let plan = try Planner.plan(
            operation.definition,
            fragments: fragments,
            conditions: conditions,
            source: document.source,
            executable: executable
        )
        let planned = PlannedOperation(plan)
        let isNew = plans.withLock { plans in
            guard plans.cached.count < Self.maximumPlans, plans[key] == nil else { return false }
            plans.cached.append((key, planned))
            plans.fieldCount += plan.fields.count
            return true
        }
        return (planned, isNew)
    }

    /// The plan for a response in parts; it has no parts if nothing is deferred or streamed.
    func incrementalPlan(
        of operation: Selected,
        variables: VariableValues,
        executable: ExecutableSchema
    ) throws(GraphQLError) -> Plan {
        try Planner.plan(
            operation.definition,
            fragments: fragments,
            conditions: Conditions(conditionVariables(of: operation), from: variables),
            source: document.source,
            executable: executable,
            incremental: IncrementalDirectives(variables)
        )
    }

    /// The variables of an operation's conditions; collected once, and only for operations that are executed.
    private func conditionVariables(of operation: Selected) -> [String] {
        guard mayHaveConditions else { return [] }
        if let known = plans.withLock({ $0.conditionVariables[operation.index] }) { return known }
        let found = Conditions.variables(of: operation.definition, fragments: fragments)
        plans.withLock { $0.conditionVariables[operation.index] = found }
        return found
    }

    /// The number of cached plans, and the number of fields in all of them.
    var planned: (plans: Int, fields: Int) { plans.withLock { ($0.cached.count, $0.fieldCount) } }
}
