internal import GraphQL
internal import JSON

/// Goes through a plan once, from the root down, and adds up what each bound field can cost.
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
    /// The likely calls of lists that can be cut from one, by the path of that, and how many of them are counted.
    var likelyCuts: [String: (alone: Int, counted: Int)] = [:]
    /// Calls of objects that are counted already.
    var knownCalls: Set<RowSetIDs.Key> = []
    private var tallies: [TypeID: EntityTally] = [:]
    /// Lists that are counted already and can be cut from a list of each group.
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

    /// The number of rows that is assumed where nothing limits it: those of a page.
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

    /// Visits the root fields of a mutation, each of which forgets what those before it have read.
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

    /// The same below a step, which may be of an entity type.
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

    /// Notes a step; gives its index.
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

    /// Changes what is known of the keys of an entity type.
    mutating func tally(_ entity: Entity, _ change: (inout EntityTally) -> Void) {
        change(&tallies[entity.type, default: EntityTally(entity: entity)])
    }

    /// Notes that a step brings objects of an entity type, unless it waits for some of them itself.
    mutating func note(bringing entity: Entity?) {
        guard let entity, !enclosingTypes.contains(entity.type) else { return }
        tally(entity) { $0.isBroughtOtherwise = true }
    }

    /// Lists that can be cut from each other, or from one that has the rows of all.
    struct ListGroup: Hashable {
        let type: TypeID?
        let path: String
        /// The part that the lists have in common, where only the parent's key differs.
        let arguments: JSONObject?
    }

    /// Counts lists of a group.
    ///
    /// - Parameters:
    ///   - group: the group.
    ///   - count: how many lists.
    ///   - wholes: how many lists can have the rows of all of them.
    /// - Returns: how many more calls are made because of the lists that were counted before: a list that has the rows of all
    ///   is read once as many of them have been asked for as it has pages.
    mutating func countLists(_ group: ListGroup, _ count: Int, wholes: Int) -> Int {
        var known = listGroups[group] ?? (0, 0)
        let most = min(known.lists, RecentDemand.maximum).multipliedSaturating(by: wholes)
        let more = max(0, most - known.inVain)
        known = (known.lists.addingSaturating(count), known.inVain + more)
        listGroups[group] = known
        return more
    }

    /// The most pages of a collection that are read because many objects have been asked for one by one.
    ///
    /// They are not likely: other requests have asked for these objects, and what they do is no reason to refuse this one.
    private func pagesInDemand(of entity: Entity, keys: Int) -> Int {
        guard !terms.isLikely else { return 0 }
        let purpose = CallPurpose(policy: table.policy(of: entity), entity: entity, isCollection: true)
        let asked = (0..<(terms.knowledge == nil ? 0 : terms.workspaceCount)).reduce(keys) { sum, workspace in
            sum.addingSaturating(terms.knowledge?.demand(workspace, entity.list ?? "", purpose) ?? 0)
        }
        return asked < 3 ? 0 : min(asked, RecentDemand.maximum.multipliedSaturating(by: max(1, terms.workspaceCount)))
    }

    /// Whether objects of an entity type may be looked for in its collection.
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
    /// Objects that lie in these: one in each, or so many in each list.
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
