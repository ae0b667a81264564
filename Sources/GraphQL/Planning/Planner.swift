internal import JSON

/// Lays an operation out as a plan: fields collected and merged per concrete type, literals coerced, keys encoded.
///
/// The document is valid; a planner only refuses what cannot be executed.
package struct Planner {
    /// The most fields that a plan may have: abstract types in abstract types multiply.
    package static let maximumFields = 50_000

    /// The error of an operation that is too large to plan.
    static let tooLarge = GraphQLError(
        "The operation has more than \(maximumFields) fields, or more than \(FieldCollector.maximumVisits) selections to look at, "
            + "once its fragments are spread for every type; select less, or split it into several operations."
    )

    private let executable: ExecutableSchema
    private var collector: FieldCollector
    private let source: Source
    private var tree = PlanTree()
    /// The plans of selection sets of fragments, which are the same wherever the fragment is spread.
    ///
    /// Only what is not bound below: bound fields have rows of their own wherever they are selected.
    private var shared: [SharedKey: PlanSelectionID] = [:]

    private struct SharedKey: Hashable {
        let selectionSet: ObjectIdentifier
        let type: TypeID
    }

    /// The index of the part that is being planned; nil: the initial response.
    private var part: Int?
    /// The most lists that are streamed, counted at each position; further ones are not streamed.
    private static let maximumStreams = 64
    private var streams = 0

    private init(executable: ExecutableSchema, collector: FieldCollector, source: Source) {
        self.executable = executable
        self.collector = collector
        self.source = source
    }

    /// Plans an operation for one combination of its conditions.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - fragments: the fragments of its document, by name.
    ///   - conditions: the values of its conditions.
    ///   - source: the document's text.
    ///   - executable: the schema.
    ///   - incremental: the values of `@defer` and `@stream`; nil: the response is not in parts.
    /// - Returns: the plan.
    /// - Throws: a request error if a condition is null, the plan is too large or the schema lacks the root type.
    package static func plan(
        _ operation: OperationDefinitionNode,
        fragments: [String: FragmentDefinitionNode],
        conditions: Conditions,
        source: Source,
        executable: ExecutableSchema,
        incremental: IncrementalDirectives? = nil
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
            source: source,
            incremental: incremental
        )
        var planner = Planner(executable: executable, collector: collector, source: source)
        let root = try planner.selection(of: rootType, from: .root(operation.selectionSet))
        return Plan(
            executable: executable,
            operation: operation.operation,
            source: source,
            tree: planner.tree,
            root: root
        )
    }

    /// The source of a selection.
    private enum Selector {
        case root(SelectionSetNode)
        case field(FieldGroup)
    }

    private mutating func selection(
        of type: NamedType,
        from selector: Selector
    ) throws(GraphQLError) -> PlanSelectionID {
        if type.isAbstract { return try abstractSelection(of: type, from: selector) }
        let variant =
            switch try groups(of: selector, on: type) {
            case .success(let groups): try variant(groups, on: type)
            case .failure(let error): PlanVariant(failure: error)
            }
        return append(type, variants: [variant], variantOfType: [:])
    }

    /// The selection of an interface or union: concrete types that agree in all fields share a variant.
    private mutating func abstractSelection(
        of type: NamedType,
        from selector: Selector
    ) throws(GraphQLError) -> PlanSelectionID {
        var variants: [PlanVariant] = []
        var signatures: [[GroupSignature]: Int] = [:]
        var variantOfType: [TypeID: Int] = [:]
        for concreteID in executable.schema.possibleTypes(of: type.id) {
            let concrete = executable.schema[concreteID]
            let groups: [FieldGroup]
            switch try self.groups(of: selector, on: concrete) {
            case .success(let found): groups = found
            case .failure(let error):
                variantOfType[concreteID] = variants.count
                variants.append(PlanVariant(failure: error))
                continue
            }
            let prototypes = executable.prototypes(of: concrete)
            let signature = groups.map { self.signature(of: $0, on: concrete, prototypes) }
            if let known = signatures[signature] {
                variantOfType[concreteID] = known
                continue
            }
            signatures[signature] = variants.count
            variantOfType[concreteID] = variants.count
            variants.append(try variant(groups, on: concrete))
        }
        return append(type, variants: variants, variantOfType: variantOfType)
    }

    /// The fields selected on an object type; a failure if a condition among them is null, which concerns such objects alone.
    ///
    /// - Throws: the same of the root, which concerns the whole request, and if there is too much to plan.
    private mutating func groups(
        of selector: Selector,
        on type: NamedType
    ) throws(GraphQLError) -> Result<[FieldGroup], GraphQLError> {
        switch selector {
        case .root(let selectionSet):
            return .success(try collector.collect(selectionSet, on: type))
        case .field(let group):
            do {
                return .success(try collector.collect(selectedBy: group, on: type))
            } catch  where !error.locations.isEmpty {
                if collector.incremental != nil { tree.noteInvalidPart() }
                return .failure(error)
            }
        }
    }

    /// Plans the fields of an object.
    ///
    /// - Parameters:
    ///   - groups: the fields.
    ///   - type: the type of the object.
    ///   - earlier: the fields of the object in earlier parts.
    /// - Returns: the fields of the plan.
    /// - Throws: there is too much to plan, or a condition at the root is null.
    private mutating func variant(
        _ groups: [FieldGroup],
        on type: NamedType,
        after earlier: PlannedFields = PlannedFields()
    ) throws(GraphQLError) -> PlanVariant {
        var fields: [PlanFieldID] = []
        fields.reserveCapacity(groups.count)
        let prototypes = executable.prototypes(of: type)
        for group in groups {
            if let deferral = group.deferral {
                let beside = earlier.adding(groups)
                if let id = try deferred(group, deferral, on: type, without: beside) { fields.append(id) }
                continue
            }
            let name = group.first.name.value
            guard let prototype = executable.prototype(named: name, on: type, among: prototypes) else { continue }
            switch streaming(of: group, prototype) {
            case .success(let streaming?): fields += try streamed(group, prototype, streaming)
            case .success(nil): fields.append(try field(group, prototype, PartPosition(part: part)))
            case .failure(let error):
                tree.noteInvalidPart()
                fields.append(try field(group, prototype, PartPosition(part: part), arguments: .invalid(error)))
            }
        }
        return PlanVariant(fields: fields)
    }

    // MARK: - Parts

    /// The field of a deferred fragment; nil: the fragment has no further fields than the object itself.
    ///
    /// - Parameters:
    ///   - group: the fragment.
    ///   - deferral: the `@defer` of the fragment.
    ///   - type: the type of the object.
    ///   - earlier: the fields that are planned before it.
    /// - Returns: the field.
    /// - Throws: there is too much to plan.
    private mutating func deferred(
        _ group: FieldGroup,
        _ deferral: IncrementalDirectives.Deferral,
        on type: NamedType,
        without earlier: PlannedFields
    ) throws(GraphQLError) -> PlanFieldID? {
        guard let prototype = executable.prototypeOfFragment(on: type) else { return nil }
        let found = try groups(of: .field(group), on: type)
        if case .success(let inner) = found, inner.allSatisfy(earlier.contains) {
            return nil
        }
        let outer = part
        defer { part = outer }
        let number = tree.append(PlanPart(content: .fragment, label: deferral.label, parent: outer))
        part = number
        let variant =
            switch found {
            case .success(let inner):
                try variant(inner.filter { !earlier.contains($0) }, on: type, after: earlier)
            case .failure(let error): PlanVariant(failure: error)
            }
        let selection = append(type, variants: [variant], variantOfType: [:])
        return tree.append(
            PlanField(
                prototype: prototype,
                group: group,
                arguments: .constant(JSONObject()),
                selection: selection,
                leadsToBound: tree.selections[selection.index].containsBound,
                position: PartPosition(part: number, begun: number)
            )
        )
    }

    private mutating func streaming(
        of group: FieldGroup,
        _ prototype: FieldPrototype
    ) -> Result<IncrementalDirectives.Streaming?, GraphQLError> {
        guard let incremental = collector.incremental, prototype.shape.listDepth > 0, streams < Self.maximumStreams
        else { return .success(nil) }
        do throws(GraphQLError) {
            guard let streaming = try incremental.streaming(group.first.directives, in: source) else {
                return .success(nil)
            }
            streams += 1
            return .success(streaming)
        } catch {
            return .failure(error)
        }
    }

    /// The field with the initial items of a list, and the field with the rest of them.
    private mutating func streamed(
        _ group: FieldGroup,
        _ prototype: FieldPrototype,
        _ streaming: IncrementalDirectives.Streaming
    ) throws(GraphQLError) -> [PlanFieldID] {
        guard streaming.initialCount >= 0 else {
            tree.noteInvalidPart()
            let error = GraphQLError("initialCount must be a positive integer")
            return [try field(group, prototype, PartPosition(part: part), arguments: .invalid(error))]
        }
        let count = streaming.initialCount
        let first = try field(group, prototype, PartPosition(part: part, items: 0..<count))
        let outer = part
        defer { part = outer }
        let content = PlanPart.Content.items(
            of: group.responseKey,
            from: count,
            areNonNull: prototype.shape.isNonNull(level: 1)
        )
        let number = tree.append(PlanPart(content: content, label: streaming.label, parent: outer))
        part = number
        let position = PartPosition(part: number, begun: number, items: count..<Int.max, continued: first)
        return [first, try field(group, prototype, position)]
    }

    private mutating func append(
        _ type: NamedType,
        variants: [PlanVariant],
        variantOfType: [TypeID: Int]
    ) -> PlanSelectionID {
        let containsBound = variants.contains { variant in
            variant.fields.contains { tree.fields[$0.index].leadsToBound }
        }
        return tree.append(
            PlanSelection(
                type: type.id,
                variants: variants,
                variantOfType: variantOfType,
                isConcrete: !type.isAbstract,
                containsBound: containsBound
            )
        )
    }

    private mutating func selectionBelow(
        _ group: FieldGroup,
        of type: NamedType
    ) throws(GraphQLError) -> PlanSelectionID {
        guard collector.hasFragments, collector.incremental == nil, group.others.isEmpty,
            let selectionSet = group.first.selectionSet
        else {
            return try selection(of: type, from: .field(group))
        }
        let key = SharedKey(selectionSet: ObjectIdentifier(selectionSet), type: type.id)
        if let known = shared[key] { return known }
        let id = try selection(of: type, from: .field(group))
        if !tree.selections[id.index].containsBound { shared[key] = id }
        return id
    }

    private mutating func field(
        _ group: FieldGroup,
        _ prototype: FieldPrototype,
        _ position: PartPosition,
        arguments: PlannedArguments? = nil
    ) throws(GraphQLError) -> PlanFieldID {
        var selection: PlanSelectionID?
        // One that continues a list has the list by another field.
        var leadsToBound = prototype.isBound && position.continued == nil
        if prototype.shape.leaf == .composite {
            let id = try selectionBelow(group, of: prototype.type)
            selection = id
            leadsToBound = leadsToBound || tree.selections[id.index].containsBound
        }
        guard tree.fields.count < Self.maximumFields else { throw Self.tooLarge }
        return tree.append(
            PlanField(
                prototype: prototype,
                group: group,
                arguments: arguments ?? plannedArguments(group.first, prototype.definition),
                selection: selection,
                leadsToBound: leadsToBound,
                position: position
            )
        )
    }

    private func plannedArguments(_ node: FieldNode, _ definition: FieldDefinition) -> PlannedArguments {
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

    /// The properties that must agree for two concrete types to share a variant.
    private struct GroupSignature: Hashable {
        let nodes: [ObjectIdentifier]
        let source: FieldSource?
        let type: TypeReference?
        /// The definition, if it has arguments: their defaults may differ.
        let definition: ObjectIdentifier?
    }

    private func signature(
        of group: FieldGroup,
        on type: NamedType,
        _ prototypes: FieldPrototypes
    ) -> GroupSignature {
        if group.deferral != nil, let selectionSet = group.first.selectionSet {
            let type = TypeReference.named(type.id)
            return GroupSignature(nodes: [ObjectIdentifier(selectionSet)], source: .parent, type: type, definition: nil)
        }
        let prototype = executable.prototype(named: group.first.name.value, on: type, among: prototypes)
        return GroupSignature(
            nodes: ([group.first] + group.others).map { ObjectIdentifier($0) },
            source: prototype?.source,
            type: prototype?.definition.type,
            definition: prototype.flatMap { $0.definition.arguments.isEmpty ? nil : ObjectIdentifier($0.definition) }
        )
    }
}

extension ValueNode {
    /// Whether the value is or contains a variable.
    var usesVariable: Bool {
        switch self {
        case .variable: true
        case .list(let items, _): items.contains { $0.usesVariable }
        case .object(let fields, _): fields.contains { $0.value.usesVariable }
        case .int, .float, .string, .boolean, .null, .enumeration: false
        }
    }
}
