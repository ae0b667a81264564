internal import JSON

/// Lays an operation out as a plan: fields collected and merged per concrete type, literals coerced, keys encoded.
///
/// The document is valid; a planner only refuses what cannot be executed.
package struct Planner {
    /// The most fields that a plan may have: abstract types in abstract types multiply.
    package static let maximumFields = 50_000

    /// The error of an operation that would take too much to plan.
    static let tooLarge = GraphQLError(
        "The operation comes to more than \(maximumFields) fields, or to more than \(FieldCollector.maximumVisits) selections to look at, "
            + "once its fragments are spread for every type; select less, or split it into several operations."
    )

    private let executable: ExecutableSchema
    private var collector: FieldCollector
    private let source: Source
    private var tree = PlanTree()

    private init(executable: ExecutableSchema, collector: FieldCollector, source: Source) {
        self.executable = executable
        self.collector = collector
        self.source = source
    }

    /// Plans an operation for one combination of its conditions.
    ///
    /// - Throws: a request error if a condition is null, the plan is too large or the schema lacks the root type.
    package static func plan(
        _ operation: OperationDefinitionNode,
        fragments: [String: FragmentDefinitionNode],
        conditions: Conditions,
        source: Source,
        executable: ExecutableSchema
    ) throws(GraphQLError) -> Plan {
        guard let rootType = executable.schema.rootType(of: operation.operation) else {
            throw GraphQLError(
                "Schema is not configured to execute \(operation.operation.rawValue) operation.",
                at: [operation.range],
                in: source
            )
        }
        let collector = FieldCollector(
            schema: executable.schema,
            fragments: fragments,
            conditions: conditions,
            source: source
        )
        var planner = Planner(executable: executable, collector: collector, source: source)
        let root = try planner.selection(of: rootType, sets: [operation.selectionSet])
        return Plan(
            executable: executable,
            operation: operation.operation,
            source: source,
            tree: planner.tree,
            root: root
        )
    }

    private mutating func selection(
        of type: NamedType,
        sets: [SelectionSetNode]
    ) throws(GraphQLError) -> PlanSelectionID {
        var variants: [PlanVariant] = []
        var signatures: [[GroupSignature]: Int] = [:]
        var variantOfType: [TypeID: Int] = [:]
        for concreteID in executable.schema.possibleTypes(of: type.id) {
            let concrete = executable.schema[concreteID]
            let groups = try collector.collect(sets, on: concrete)
            let signature = type.isAbstract ? groups.map { self.signature(of: $0, on: concrete) } : []
            if type.isAbstract {
                if let known = signatures[signature] {
                    variantOfType[concreteID] = known
                    continue
                }
                signatures[signature] = variants.count
            }
            variantOfType[concreteID] = variants.count
            var fields: [PlanFieldID] = []
            fields.reserveCapacity(groups.count)
            for group in groups {
                if let field = try field(group, on: concrete) { fields.append(field) }
            }
            variants.append(PlanVariant(fields: fields))
        }
        let containsBound = variants.contains { variant in
            variant.fields.contains { tree.fields[$0.index].leadsToBound }
        }
        tree.selections.append(
            PlanSelection(
                type: type.id,
                variants: variants,
                variantOfType: variantOfType,
                isConcrete: type.kind == .object,
                containsBound: containsBound
            )
        )
        return PlanSelectionID(index: tree.selections.count - 1)
    }

    /// A selection of nothing, below a field that fails.
    private mutating func emptySelection(of type: NamedType) -> PlanSelectionID {
        tree.selections.append(
            PlanSelection(
                type: type.id,
                variants: [PlanVariant(fields: [])],
                variantOfType: [:],
                isConcrete: true,
                containsBound: false
            )
        )
        return PlanSelectionID(index: tree.selections.count - 1)
    }

    private mutating func field(_ group: FieldGroup, on type: NamedType) throws(GraphQLError) -> PlanFieldID? {
        let schema = executable.schema
        guard let first = group.nodes.first, let definition = schema.field(named: first.name.value, on: type),
            let shape = TypeShape(definition.type, schema: schema)
        else { return nil }
        let source = executable.source(of: definition, on: type)
        var selectionID: PlanSelectionID?
        var failure: GraphQLError?
        var leadsToBound = if case .bound = source { true } else { false }
        if shape.leaf == .composite {
            let inner = schema.namedType(of: definition.type)
            let id: PlanSelectionID
            do {
                id = try selection(of: inner, sets: group.nodes.compactMap(\.selectionSet))
            } catch  where !error.locations.isEmpty {
                // A condition inside is null: the field fails, not the request.
                failure = error
                id = emptySelection(of: inner)
            }
            selectionID = id
            leadsToBound = leadsToBound || tree.selections[id.index].containsBound
        }
        guard tree.fields.count < Self.maximumFields else {
            throw Self.tooLarge
        }
        tree.fields.append(
            PlanField(
                group: group,
                definition: definition,
                source: source,
                shape: shape,
                arguments: failure.map { .invalid($0) } ?? plannedArguments(first, definition: definition),
                selection: selectionID,
                leadsToBound: leadsToBound
            )
        )
        return PlanFieldID(index: tree.fields.count - 1)
    }

    private func plannedArguments(_ node: FieldNode, definition: FieldDefinition) -> PlannedArguments {
        if definition.arguments.isEmpty { return .constant(JSONObject()) }
        if node.arguments.contains(where: { $0.value.usesVariable }) { return .variable(node.arguments) }
        let coerced = coerceArgumentValues(
            definition.arguments,
            arguments: node.arguments,
            on: node.range,
            variables: VariableValues(),
            schema: executable.schema,
            source: source
        )
        switch coerced {
        case .success(let values): return .constant(values)
        case .failure(let error): return .invalid(error)
        }
    }

    /// What must agree for two concrete types to share a variant.
    private struct GroupSignature: Hashable {
        let nodes: [ObjectIdentifier]
        let source: FieldSource?
        let type: TypeReference?
        /// The definition, if it has arguments: their defaults may differ.
        let definition: ObjectIdentifier?
    }

    private func signature(of group: FieldGroup, on type: NamedType) -> GroupSignature {
        let definition = group.nodes.first.flatMap { executable.schema.field(named: $0.name.value, on: type) }
        return GroupSignature(
            nodes: group.nodes.map { ObjectIdentifier($0) },
            source: definition.map { executable.source(of: $0, on: type) },
            type: definition?.type,
            definition: definition.flatMap { $0.arguments.isEmpty ? nil : ObjectIdentifier($0) }
        )
    }
}

extension ValueNode {
    /// Whether the value is or holds a variable.
    var usesVariable: Bool {
        switch self {
        case .variable: true
        case .list(let items, _): items.contains { $0.usesVariable }
        case .object(let fields, _): fields.contains { $0.value.usesVariable }
        case .int, .float, .string, .boolean, .null, .enumeration: false
        }
    }
}
