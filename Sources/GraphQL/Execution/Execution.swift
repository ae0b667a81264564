internal import JSON

/// One run of a plan: breadth-first, without I/O and waiting.
///
/// It returns requests for the bound fields that are ready, for all rows of a list at once; accepts their values in any order; and
/// writes the response when no request is left.
///
/// https://spec.graphql.org/September2025/#sec-Execution
package struct Execution: Sendable {
    package let context: ExecutionContext
    /// The documents of all values: the root value, the introspection document, then those of resolutions.
    private(set) var documents: [SourceDocument]
    /// The rows of each composite field above a bound one, by field.
    private(set) var rows: [FieldRows?]
    /// The values of each bound field, by field.
    private(set) var resolved: [ResolvedField?]
    /// The objects with members that could not be fetched.
    private(set) var incompleteObjects = IncompleteObjects()

    private var readyRequests: [FieldRequest] = []
    private var outstanding = 0
    /// The progress of the parts of a response in parts; nil: there are none.
    private var progress: PartProgress?
    private var rowCount = 0
    /// Whether there are more rows than the maximum; then there are no further requests, and no response.
    private(set) var hasTooManyRows = false
    /// The values of root fields that are copied in serialized form, and not requested.
    private(set) var serializedValues: [PlanFieldID: [UInt8]] = [:]
    /// The root fields of a mutation that have not begun.
    private var serialFields: ArraySlice<PlanFieldID> = []

    /// The table indices of the documents that every execution has.
    enum WellKnownDocument {
        static let root = 0
        static let introspection = 1
    }

    /// Begins an execution.
    ///
    /// The root value is an object whose members are the values of unbound root fields. The execution holds at most
    /// the maximum of rows of fields above bound ones.
    package init(
        plan: Plan,
        variables: VariableValues,
        root: SourceDocument = .empty,
        maximumRows: Int = .max,
        renaming: AliasRenaming? = nil
    ) {
        context = ExecutionContext(plan: plan, variables: variables, maximumRows: maximumRows, renaming: renaming)
        documents = [root, plan.usesIntrospection ? plan.executable.introspection.source : .empty]
        rows = Array(repeating: nil, count: plan.fields.count)
        resolved = Array(repeating: nil, count: plan.fields.count)
        progress = plan.parts.isEmpty ? nil : PartProgress(plan.parts.count)
        begin()
    }

    /// The plan.
    package var plan: Plan { context.plan }

    /// The field requests that have become ready since the last call; empty: outstanding ones must be accepted first.
    package mutating func ready() -> [FieldRequest] {
        defer { readyRequests = [] }
        outstanding += readyRequests.count
        return readyRequests
    }

    /// Makes requests ready again that have not been passed to a resolver.
    mutating func putBack(_ requests: [FieldRequest]) {
        outstanding -= requests.count
        guard !hasTooManyRows else { return }
        readyRequests = requests + readyRequests
    }

    /// Begins a part whose parent part is complete; some of its fields may be ready then.
    package mutating func begin(part: Int) { readyRequests += progress?.begin(part) ?? [] }

    /// Whether a part has begun and is complete.
    package func isComplete(part: Int) -> Bool { progress?.isComplete(part) ?? false }

    /// Whether the initial response is complete.
    package var isInitialComplete: Bool { progress?.isInitialComplete ?? isComplete }

    /// Whether no request is outstanding or ready, so that the response can be written.
    package var isComplete: Bool { outstanding == 0 && readyRequests.isEmpty }

    /// Accepts the values of a field request; fields below it become ready.
    package mutating func accept(_ resolution: consuming Resolution, for request: FieldRequest) {
        outstanding -= 1
        let position = request.plan[request.field].position
        progress?.accept(position)
        guard !hasTooManyRows else { return }
        let result = ResolvedField(resolution, request: request, documents: &documents, &incompleteObjects)
        store(result, for: request.field)
        if hasFailed(request.field, with: result) { serialFields = [] }
        continueSerially()
    }

    /// Uses serialized values for root fields instead of requesting them; called before `ready()`.
    ///
    /// - Parameter values: the values of some of `independentRootFields`, with the response keys of this execution.
    package mutating func use(serialized values: [PlanFieldID: [UInt8]]) {
        serializedValues = values
        readyRequests.removeAll { values[$0.field] != nil }
    }

    // MARK: - Opening selections

    private mutating func begin() {
        let root = plan[plan.root]
        guard let variant = root.variants.first, root.containsBound else { return }
        let row = Row(value: ValueReference(document: WellKnownDocument.root, node: 0), variant: 0)
        if plan.operation == .mutation {
            serialFields = variant.fields[...]
            continueSerially()
        } else {
            for field in variant.fields { open(field, on: 0, of: [row]) }
        }
    }

    /// Begins the next root field of a mutation when everything before it is complete.
    ///
    /// https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution
    private mutating func continueSerially() {
        let row = Row(value: ValueReference(document: WellKnownDocument.root, node: 0), variant: 0)
        while isComplete, let field = serialFields.popFirst() {
            open(field, on: 0, of: [row])
        }
    }

    /// Whether a root field is null in a non-null position, so that the response has no data.
    ///
    /// Later root fields of a mutation are not executed then.
    private func hasFailed(_ id: PlanFieldID, with result: ResolvedField) -> Bool {
        guard !serialFields.isEmpty, plan[id].shape.isNonNull(level: 0), result.values.count == 1,
            plan[plan.root].variants[0].fields.contains(id)
        else { return false }
        if case .found = result.values[0] { return false }
        return true
    }

    private mutating func open(_ id: PlanFieldID, on variant: Int, of parents: [Row]) {
        let field = plan[id]
        guard field.leadsToBound, !hasTooManyRows, field.position.continued == nil else { return }
        guard case .bound(let binding) = field.source else {
            gather(id, from: parents.map { $0.variant == variant ? value(of: field, id, in: $0.value) : nil })
            return
        }
        var wanted: [ValueReference] = []
        var positions: [Int32] = []
        wanted.reserveCapacity(parents.count)
        positions.reserveCapacity(parents.count)
        for (position, row) in parents.enumerated() where row.variant == variant {
            wanted.append(row.value)
            positions.append(Int32(position))
        }
        guard !wanted.isEmpty else {
            store(ResolvedField(rowCount: parents.count), for: id)
            return
        }
        switch context.argumentValues(of: id) {
        case .failure:
            store(ResolvedField(rowCount: parents.count), for: id)
        case .success(let arguments):
            let request = FieldRequest(
                plan: plan,
                field: id,
                binding: binding,
                arguments: arguments,
                parents: wanted,
                documents: documents,
                rows: positions,
                rowCount: parents.count,
                incompleteObjects: incompleteObjects
            )
            if progress?.add(request, at: field.position) ?? true { readyRequests.append(request) }
        }
    }

    private mutating func store(_ result: ResolvedField, for id: PlanFieldID) {
        resolved[id.index] = result
        guard let selection = plan[id].selection, plan[selection].containsBound else { return }
        gather(id, from: result.values.map { if case .found(let value) = $0 { value } else { nil } }, areShared: true)
    }

    /// Collects the objects in a composite field's values, then opens their selections.
    ///
    /// If several parents may have the same value, its objects are collected once.
    private mutating func gather(_ id: PlanFieldID, from values: [ValueReference?], areShared: Bool = false) {
        gatherOwn(id, from: values, areShared: areShared)
        if !plan.continuations.isEmpty, let rest = plan.continuations[id] {
            gatherOwn(rest, from: values, areShared: areShared)
        }
    }

    private mutating func gatherOwn(_ id: PlanFieldID, from values: [ValueReference?], areShared: Bool) {
        let field = plan[id]
        guard let selectionID = field.selection else { return }
        let selection = plan[selectionID]
        guard selection.containsBound else { return }
        var gathered = FieldRows(parentCount: values.count)
        var starts: [ValueReference: Int32] = [:]
        for value in values {
            if areShared, let value, values.count > 1 {
                if let start = starts[value] {
                    gathered.shareRows(from: start)
                    continue
                }
                starts[value] = Int32(gathered.rows.count)
            }
            gathered.beginParent()
            if let value { collect(value, of: field, level: 0, selection: selection, into: &gathered) }
            guard gathered.rows.count <= context.maximumRows - rowCount else { return stop() }
        }
        rowCount += gathered.rows.count
        rows[id.index] = gathered
        for (number, variant) in selection.variants.enumerated() {
            for inner in variant.fields { open(inner, on: number, of: gathered.rows) }
        }
    }

    private mutating func stop() {
        hasTooManyRows = true
        readyRequests = []
        progress?.stop()
        serialFields = []
    }

    /// The number of rows in a value at a list level of a field's type.
    func rowCount(of value: ValueReference, at id: PlanFieldID, level: Int) -> Int {
        guard let selection = plan[id].selection, plan[selection].containsBound else { return 0 }
        var gathered = FieldRows(parentCount: 0)
        collect(value, of: plan[id], level: level, selection: plan[selection], into: &gathered)
        return gathered.rows.count
    }

    private func collect(
        _ value: ValueReference,
        of field: PlanField,
        level: Int,
        selection: PlanSelection,
        into gathered: inout FieldRows
    ) {
        let (document, node) = locate(value)
        let json = documents[document].json
        let found = json.node(node)
        let depth = field.shape.listDepth
        if level < depth {
            guard found.kind == .array else { return }
            let items = level == 0 ? field.position.items : nil
            var (child, index) = (json.firstChild(of: node), 0)
            let end = json.next(after: node)
            while child < end {
                let item = json.node(child)
                if let items, !items.contains(index) {
                    // Another field has this one.
                } else if item.kind == .object, level + 1 == depth {
                    append(document, child, selection, to: &gathered)
                } else {
                    let reference = ValueReference(document: document, node: child)
                    collect(reference, of: field, level: level + 1, selection: selection, into: &gathered)
                }
                child = json.next(after: child)
                index += 1
            }
        } else if found.kind == .object {
            append(document, node, selection, to: &gathered)
        }
    }

    private func append(_ document: Int, _ node: Int, _ selection: PlanSelection, to gathered: inout FieldRows) {
        let variant = selection.isConcrete ? 0 : concreteType(of: document, node, in: selection).variant ?? -1
        gathered.append(Row(value: ValueReference(document: document, node: node), variant: Int32(variant)))
    }
}
