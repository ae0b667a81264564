internal import GraphQL
internal import JSON

/// Visits the fields of a plan once, from the root down, and adds up the possible cost of each bound field.
struct CostEstimator {
    let plan: Plan
    let variables: VariableValues
    let table: BindingTable
    let terms: CostContext
    private(set) var steps: [CostStep] = []
    private(set) var slots: [OperationCost.FieldSlot] = []
    var sets: RowSetIDs
    var guaranteedCalls = GuaranteedCalls()
    var knownPages = KnownPages()
    /// The likely calls of lists that can be cut from one whole list, by its path, and how many of them are counted.
    var likelyCuts: [String: (alone: Int, counted: Int)] = [:]
    /// The calls for objects that are counted already.
    var knownCalls: Set<RowSetIDs.Key> = []
    private var tallies: [TypeID: EntityTally] = [:]
    /// The lists of each group that are counted already, and the calls in vain for the whole list.
    private var listGroups: [ListGroup: (lists: Int, inVain: Int)] = [:]
    /// The entity types of the steps that enclose the current one.
    private var enclosingTypes: [TypeID] = []
    private var depth = 0

    init(plan: Plan, variables: VariableValues, table: BindingTable, terms: CostContext) {
        self.plan = plan
        self.variables = variables
        self.table = table
        self.terms = terms
        sets = RowSetIDs(sharing: terms.options.deduplication)
    }

    /// The number of rows that is assumed for an unlimited list: one page.
    var assumedRows: Int { table.conventions.maximumPerPage }

    mutating func run() {
        guard terms.workspaceCount > 0, plan[plan.root].containsBound else { return }
        let root = EstimatedRows(
            id: RowSetIDs.root,
            rows: CostRange(1, 1),
            distinct: 1,
            workspaces: terms.workspaceCount,
            isAtRoot: true
        )
        if plan.operation == .mutation { return visitSerially(plan.root, of: root) }
        visit(plan.root, of: root, below: nil)
        settleTallies()
    }

    /// Visits the root fields of a mutation, each of which forgets the responses that earlier ones have read.
    private mutating func visitSerially(_ selection: PlanSelectionID, of root: EstimatedRows) {
        for field in plan[selection].variants.flatMap(\.fields) where plan[field].leadsToBound {
            slots.append(OperationCost.FieldSlot(field: field, parent: nil))
            visit(field, of: root, at: slots.count - 1)
            settleTallies()
            tallies = [:]
            knownCalls = []
            likelyCuts = [:]
            guaranteedCalls = GuaranteedCalls()
            knownPages = KnownPages()
            sets = RowSetIDs(sharing: terms.options.deduplication)
        }
    }

    // MARK: - Fields

    private mutating func visit(_ selection: PlanSelectionID, of rows: EstimatedRows, below parent: Int?) {
        let variants = plan[selection].variants
        for variant in variants {
            for field in variant.fields where plan[field].leadsToBound {
                slots.append(OperationCost.FieldSlot(field: field, parent: parent))
                visit(field, of: variants.count == 1 ? rows : rows.withoutGuarantee, at: slots.count - 1)
            }
        }
    }

    private mutating func visit(_ id: PlanFieldID, of parents: EstimatedRows, at slot: Int) {
        let field = plan[id]
        switch field.source {
        case .parent:
            descend(id, parents, at: slot)
        case .member(let key):
            descend(id, members(field, key, of: parents), at: slot)
        case .memberNamed:
            descend(id, parents.holding(field.shape.listDepth, of: assumedRows, id: sets.fresh()), at: slot)
        case .bound(let binding):
            guard case .success(let arguments) = argumentValues(of: field) else { return }
            cost(BoundField(id: id, binding: binding, arguments: arguments, parents: parents, slot: slot))
        case .memberByDeprecation, .typename, .introspectionSchema, .introspectionType:
            break
        }
    }

    func descends(_ id: PlanFieldID) -> Bool {
        plan[id].selection.map { plan[$0].containsBound } ?? false
    }

    mutating func descend(_ id: PlanFieldID, _ rows: EstimatedRows, at slot: Int) {
        guard let selection = plan[id].selection, plan[selection].containsBound else { return }
        visit(selection, of: rows, below: slot)
    }

    /// Visits the fields below a step, which may show an entity type.
    mutating func descend(_ field: BoundField, _ rows: EstimatedRows, entity: Entity? = nil) {
        guard descends(field.id) else { return }
        depth += 1
        if let entity { enclosingTypes.append(entity.type) }
        descend(field.id, rows, at: field.slot)
        if entity != nil { enclosingTypes.removeLast() }
        depth -= 1
    }

    private func argumentValues(of field: PlanField) -> Result<JSONObject, GraphQLError> {
        switch field.arguments {
        case .constant(let values): return .success(values)
        case .invalid(let error): return .failure(error)
        case .variable(let nodes):
            guard let first = field.nodes.first else { return .success(JSONObject()) }
            return coerceArgumentValues(
                field.definition.arguments,
                arguments: nodes,
                on: first.range,
                variables: variables,
                schema: plan.executable.schema,
                source: plan.source
            )
        }
    }

    /// The objects in a member of the parents.
    private mutating func members(_ field: PlanField, _ key: JSONKey, of parents: EstimatedRows) -> EstimatedRows {
        switch (parents.shape, field.definition.name) {
        case (.connection(let rows), "nodes"), (.edge(let rows), "node"):
            return rows
        case (.connection(let rows), "edges"):
            var edges = rows
            edges.id = sets.number(of: RowSetIDs.Key(parents: rows.id, path: .rowsOfConnection))
            edges.shape = .edge(of: rows)
            return edges
        default:
            let number = sets.number(of: RowSetIDs.Key(parents: parents.id, path: .member(key)))
            return parents.holding(field.shape.listDepth, of: assumedRows, id: number)
        }
    }

    // MARK: - Steps

    /// Adds a step; returns its index.
    @discardableResult
    mutating func add(
        _ field: BoundField,
        _ origin: CostStep.Origin,
        rows: EstimatedRows,
        calls: CostRange,
        sharesCalls: Bool = false
    ) -> Int {
        steps.append(
            CostStep(
                depth: depth,
                origin: origin,
                rows: rows.rows,
                calls: calls,
                sharesCalls: sharesCalls,
                isAssumed: rows.isAssumed,
                slot: field.slot
            )
        )
        return steps.count - 1
    }

    // MARK: - Entities

    /// Updates the tally of the keys of an entity type.
    mutating func tally(_ entity: Entity, _ change: (inout EntityTally) -> Void) {
        change(&tallies[entity.type, default: EntityTally(entity: entity)])
    }

    /// Records that a step reads objects of an entity type, unless it is inside a step of that type.
    mutating func note(bringing entity: Entity?) {
        guard let entity, !enclosingTypes.contains(entity.type) else { return }
        tally(entity) { $0.isBroughtOtherwise = true }
    }

    /// A group of lists that can be cut from each other, or from one that has the rows of all.
    struct ListGroup: Hashable {
        let type: TypeID?
        let path: String
        /// The arguments that the lists have in common, if only the parent's key differs.
        let arguments: JSONObject?
    }

    /// Counts lists of a group.
    ///
    /// - Parameters:
    ///   - group: the group.
    ///   - count: the number of lists.
    ///   - wholes: the number of lists that can have the rows of all of them.
    /// - Returns: the number of further calls because of the lists that were counted before: a list that has the rows of all is read
    ///   once as many of them have been requested as it has pages.
    mutating func countLists(_ group: ListGroup, _ count: Int, wholes: Int) -> Int {
        var known = listGroups[group] ?? (0, 0)
        let most = min(known.lists, RecentDemand.maximum).multipliedSaturating(by: wholes)
        let more = max(0, most - known.inVain)
        known = (known.lists.addingSaturating(count), known.inVain + more)
        listGroups[group] = known
        return more
    }

    /// The most pages of a collection that are read because many objects were requested one by one.
    ///
    /// They are not likely: they depend on the requests of other clients, which are no reason to reject this one.
    private func pagesInDemand(of entity: Entity, keys: Int) -> Int {
        guard !terms.isLikely else { return 0 }
        let purpose = CallPurpose(policy: table.policy(of: entity), entity: entity, isCollection: true)
        let asked = (0..<(terms.knowledge == nil ? 0 : terms.workspaceCount)).reduce(keys) { sum, workspace in
            sum.addingSaturating(terms.knowledge?.demand(workspace, entity.list ?? "", purpose) ?? 0)
        }
        return asked < 3 ? 0 : min(asked, RecentDemand.maximum.multipliedSaturating(by: max(1, terms.workspaceCount)))
    }

    /// Whether objects of an entity type may be searched in its collection.
    func scans(_ entity: Entity) -> Bool { entity.list != nil && terms.options.batching }

    private mutating func settleTallies() {
        for tally in tallies.values {
            if terms.isLikely, let likely = likelyCalls(of: tally) {
                var left = likely
                for step in tally.steps {
                    let calls = steps[step.index].calls
                    steps[step.index].calls = CostRange(calls.min, min(calls.max, left))
                    left -= min(calls.max, left)
                }
            } else if scans(tally.entity) {
                var (keys, workspaces, charged) = (0, 0, 0)
                for step in tally.steps {
                    keys = keys.addingSaturating(step.keys)
                    workspaces = min(workspaces.addingSaturating(step.workspaces), terms.workspaceCount)
                    let pages = EntityCallPlan.mostCallsInVain(
                        keys: keys,
                        workspaces: workspaces,
                        deduplicates: terms.options.deduplication
                    ).addingSaturating(pagesInDemand(of: tally.entity, keys: keys - step.keys))
                    steps[step.index].calls += CostRange(0, pages - charged)
                    charged = pages
                }
            }
            guard !terms.isLikely, !tally.isBroughtOtherwise,
                tally.entity.list.map({ !guaranteedCalls.contains(path: $0) }) ?? true
            else { continue }
            for step in tally.leastCalls(scans: scans(tally.entity)) { steps[step].calls += CostRange(1, 0) }
        }
    }
}

extension EstimatedRows {
    /// The objects nested in these: one in each, or `assumed` in each list.
    func holding(_ listDepth: Int, of assumed: Int, id: Int) -> EstimatedRows {
        var held = EstimatedRows(
            id: id,
            rows: CostRange(0, rows.max),
            distinct: distinct,
            workspaces: workspaces,
            isAtRoot: isAtRoot,
            isAssumed: isAssumed || listDepth > 0
        )
        for _ in 0..<listDepth {
            held.rows = CostRange(0, held.rows.max.multipliedSaturating(by: assumed))
            held.distinct = held.distinct.multipliedSaturating(by: assumed)
        }
        return held
    }
}
