internal import GraphQL
internal import JSON

/// Goes through a plan once, from the root down, and adds up what each bound field can cost.
struct OperationPricer {
    let plan: Plan
    let variables: VariableValues
    let table: BindingTable
    let terms: PricingTerms
    private(set) var steps: [PriceStep] = []
    private(set) var places: [OperationPrice.Place] = []
    var sets: RowSetNumbers
    var certainCalls = CertainCalls()
    var knownPages = KnownPages()
    /// Calls of objects that are counted already.
    var knownCalls: Set<RowSetNumbers.Key> = []
    private var tallies: [TypeID: EntityTally] = [:]
    /// The entity types of the steps that enclose the current one.
    private var enclosingTypes: [TypeID] = []
    private var depth = 0

    init(plan: Plan, variables: VariableValues, table: BindingTable, terms: PricingTerms) {
        self.plan = plan
        self.variables = variables
        self.table = table
        self.terms = terms
        sets = RowSetNumbers(sharing: terms.options.shares)
    }

    /// The number of rows that is assumed where nothing limits it: those of a page.
    var assumedRows: Int { table.conventions.maximumPerPage }

    mutating func run() {
        guard terms.workspaceCount > 0, plan[plan.root].containsBound else { return }
        let root = PricedRows(
            id: RowSetNumbers.root,
            rows: PriceRange(1, 1),
            distinct: 1,
            workspaces: terms.workspaceCount,
            isAtRoot: true
        )
        if plan.operation == .mutation { return visitSerially(plan.root, of: root) }
        visit(plan.root, of: root, below: nil)
        settleTallies()
    }

    /// Visits the root fields of a mutation, each of which forgets what those before it have read.
    private mutating func visitSerially(_ selection: PlanSelectionID, of root: PricedRows) {
        for field in plan[selection].variants.flatMap(\.fields) where plan[field].leadsToBound {
            places.append(OperationPrice.Place(field: field, parent: nil))
            visit(field, of: root, at: places.count - 1)
            settleTallies()
            tallies = [:]
            knownCalls = []
            certainCalls = CertainCalls()
            knownPages = KnownPages()
            sets = RowSetNumbers(sharing: terms.options.shares)
        }
    }

    // MARK: - Fields

    private mutating func visit(_ selection: PlanSelectionID, of rows: PricedRows, below parent: Int?) {
        let variants = plan[selection].variants
        for variant in variants {
            for field in variant.fields where plan[field].leadsToBound {
                places.append(OperationPrice.Place(field: field, parent: parent))
                visit(field, of: variants.count == 1 ? rows : rows.withoutCertainty, at: places.count - 1)
            }
        }
    }

    private mutating func visit(_ id: PlanFieldID, of parents: PricedRows, at place: Int) {
        let field = plan[id]
        switch field.source {
        case .parent:
            descend(id, parents, at: place)
        case .member(let key):
            descend(id, members(field, key, of: parents), at: place)
        case .memberNamed:
            descend(id, parents.holding(field.shape.listDepth, of: assumedRows, id: sets.fresh()), at: place)
        case .bound(let binding):
            guard case .success(let arguments) = argumentValues(of: field) else { return }
            price(BoundField(id: id, binding: binding, arguments: arguments, parents: parents, place: place))
        case .memberByDeprecation, .typename, .introspectionSchema, .introspectionType:
            break
        }
    }

    func descends(_ id: PlanFieldID) -> Bool {
        plan[id].selection.map { plan[$0].containsBound } ?? false
    }

    mutating func descend(_ id: PlanFieldID, _ rows: PricedRows, at place: Int) {
        guard let selection = plan[id].selection, plan[selection].containsBound else { return }
        visit(selection, of: rows, below: place)
    }

    /// The same below a step, which may be of an entity type.
    mutating func descend(_ field: BoundField, _ rows: PricedRows, entity: Entity? = nil) {
        guard descends(field.id) else { return }
        depth += 1
        if let entity { enclosingTypes.append(entity.type) }
        descend(field.id, rows, at: field.place)
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
    private mutating func members(_ field: PlanField, _ key: JSONKey, of parents: PricedRows) -> PricedRows {
        switch (parents.shape, field.definition.name) {
        case (.connection(let rows), "nodes"), (.edge(let rows), "node"):
            return rows
        case (.connection(let rows), "edges"):
            var edges = rows
            edges.id = sets.number(of: RowSetNumbers.Key(parents: rows.id, way: .rowsOfConnection))
            edges.shape = .edge(of: rows)
            return edges
        default:
            let number = sets.number(of: RowSetNumbers.Key(parents: parents.id, way: .member(key)))
            return parents.holding(field.shape.listDepth, of: assumedRows, id: number)
        }
    }

    // MARK: - Steps

    /// Notes a step; gives its index.
    @discardableResult
    mutating func add(
        _ field: BoundField,
        _ origin: PriceStep.Origin,
        rows: PricedRows,
        calls: PriceRange,
        sharesCalls: Bool = false
    ) -> Int {
        steps.append(
            PriceStep(
                depth: depth,
                origin: origin,
                rows: rows.rows,
                calls: calls,
                sharesCalls: sharesCalls,
                isAssumed: rows.isAssumed,
                place: field.place
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

    /// Whether objects of an entity type may be looked for in its collection.
    func scans(_ entity: Entity) -> Bool { entity.list != nil && terms.options.plans }

    private mutating func settleTallies() {
        for tally in tallies.values {
            if scans(tally.entity) {
                var (keys, workspaces, charged) = (0, 0, 0)
                for step in tally.steps {
                    keys = keys.addingUpToCeiling(step.keys)
                    workspaces = min(workspaces.addingUpToCeiling(step.workspaces), terms.workspaceCount)
                    let pages = EntityTally.pagesInVain(
                        keys: keys,
                        workspaces: workspaces,
                        shares: terms.options.shares
                    )
                    steps[step.index].calls += PriceRange(0, pages - charged)
                    charged = pages
                }
            }
            guard let first = tally.firstCertainStep, !tally.isBroughtOtherwise,
                tally.entity.list.map({ !certainCalls.contains(path: $0) }) ?? true
            else { continue }
            steps[first].calls += PriceRange(tally.leastCalls(scans: scans(tally.entity)), 0)
        }
    }
}

/// A bound field with all that its price depends on.
struct BoundField {
    let id: PlanFieldID
    let binding: BindingID
    let arguments: JSONObject
    let parents: PricedRows
    let place: Int
}

extension PricedRows {
    /// Objects that lie in these: one in each, or so many in each list.
    func holding(_ listDepth: Int, of assumed: Int, id: Int) -> PricedRows {
        var held = PricedRows(
            id: id,
            rows: PriceRange(0, rows.max),
            distinct: distinct,
            workspaces: workspaces,
            isAtRoot: isAtRoot,
            isAssumed: isAssumed || listDepth > 0
        )
        for _ in 0..<listDepth {
            held.rows = PriceRange(0, held.rows.max.multipliedUpToCeiling(by: assumed))
            held.distinct = held.distinct.multipliedUpToCeiling(by: assumed)
        }
        return held
    }
}
