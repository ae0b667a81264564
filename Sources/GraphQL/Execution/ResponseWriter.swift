internal import JSON

/// Completes values and writes them, in one pass over plan and documents.
///
/// After a null in a non-null position a function returns false; the nearest nullable ancestor then truncates the output
/// to where its value began, and writes `null`.
///
/// https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors
struct ResponseWriter {
    let execution: Execution
    /// The errors that are listed, and the first one of those that are not.
    private(set) var errors: [GraphQLError] = []
    /// The number of errors.
    private(set) var errorCount = 0
    /// The number of errors in parts whose errors are listed.
    private(set) var reportedErrorCount = 0
    /// The parts whose errors are listed; nil in the set stands for the initial response; nil: all.
    var reportedParts: Set<Int?>?
    /// The reason why writing has stopped, so that the output is unusable; nil: it has not stopped.
    private(set) var failure: ResponseFailure?
    var path: [PathStep] = []
    let tables: Tables
    let plan: PlanSteps
    let strictness: Strictness
    let codes: FieldErrorCodes
    let limits: ResponseLimits
    /// The number of values until the limits are checked again.
    private var remainingSteps = ResponseWriter.stepsBetweenChecks
    /// The number of rows that have been written.
    private var shownRows = 0
    /// The locations of fields with errors in the document.
    private var locations: [PlanFieldID: [SourceLocation]] = [:]
    /// The locations of the client's document by those of the plan's, once there is an error; nil: they are the same.
    private var relocated: [SourceLocation: SourceLocation]?
    /// Fields whose partial failures have been reported.
    private var reportedPartialFailures: Set<PlanFieldID> = []
    /// The index of each field's member in the last row; see `JSONDocument.member(_:of:hint:)`.
    private var hints: [Int]
    /// The ranges of values in the output that may be needed again.
    var serialized = SerializedValues()
    /// The ranges of root fields' values in the output, in bytes.
    private(set) var rootRanges: [Range<Int>] = []

    /// One step of the path to the value being written.
    enum PathStep {
        case field(PlanFieldID)
        case index(Int)
    }

    /// The object whose fields are being written.
    struct Parent {
        let document: Int
        let node: Int
        let type: TypeID
        /// The object's row, if fields below it are bound.
        let row: Int
    }

    /// The number of values between two checks of the limits.
    private static let stepsBetweenChecks = 4096

    init(execution: Execution, codes: FieldErrorCodes, limits: ResponseLimits) {
        self.execution = execution
        self.codes = codes
        self.limits = limits
        if execution.hasTooManyRows {
            failure = .tooLarge
            remainingSteps = 0
        }
        plan = execution.context.steps
        strictness = execution.plan.executable.strictness
        tables = Tables(execution)
        hints = Array(repeating: 0, count: execution.plan.fields.count)
        path.reserveCapacity(16)
    }

    /// Writes the root selection set.
    mutating func writeRoot(into output: inout OutputBuffer) -> Bool {
        let selection = plan.selections[execution.plan.root.index]
        let root = Parent(document: Execution.WellKnownDocument.root, node: 0, type: selection.type, row: 0)
        let fields = plan.variants[selection.firstVariant]
        let start = output.count
        if fields.isEmpty { output.append(UInt8(ascii: "{")) }
        for position in fields {
            let id = plan.fields[position]
            let value = output.count + plan.steps[id.index].leaf.key.count
            if let bytes = execution.serializedValues[id] {
                output.append(contentsOf: plan.encodedKeys, in: plan.steps[id.index].leaf.key)
                output.append(contentsOf: bytes)
            } else {
                guard writeMember(id, of: root, into: &output) else { return false }
            }
            rootRanges.append(value..<output.count)
        }
        // A late response is still sent; one that is too large is not.
        if failure == nil, output.count > limits.maximumBytes { failure = .tooLarge }
        guard failure == nil else { return false }
        output.replaceByte(at: start, with: UInt8(ascii: "{"))
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Writes an object.
    ///
    /// https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets
    mutating func write(variant: Int, of parent: Parent, into output: inout OutputBuffer) -> Bool {
        guard mayContinue(output.count) else { return false }
        // PERF: every key is written with its comma; the brace replaces the first comma.
        let start = output.count
        let fields = plan.variants[variant]
        if fields.isEmpty { output.append(UInt8(ascii: "{")) }
        var position = fields.lowerBound
        while true {
            position = tables.copyLeaves(
                position..<fields.upperBound,
                of: parent,
                plan,
                maximumBytes: limits.maximumBytes,
                hints: &hints,
                into: &output
            )
            guard position < fields.upperBound else { break }
            guard writeMember(plan.fields[position], of: parent, into: &output) else { return false }
            position += 1
        }
        output.replaceByte(at: start, with: UInt8(ascii: "{"))
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Whether the response is not too large so far, and still wanted.
    // PERF: called for each object, field and list item that is not copied; the slow check is rare.
    @inline(__always)
    mutating func mayContinue(_ byteCount: Int) -> Bool {
        remainingSteps &-= 1
        return remainingSteps > 0 && byteCount <= limits.maximumBytes ? true : checkLimits(byteCount)
    }

    /// Counts rows in the response; returns false if there are too many.
    mutating func mayShowMore(rows: Int) -> Bool {
        shownRows += rows
        guard shownRows > execution.context.maximumRows else { return true }
        if failure == nil { failure = .tooLarge }
        remainingSteps = 0
        return false
    }

    @inline(never)
    private mutating func checkLimits(_ byteCount: Int) -> Bool {
        if failure == nil, byteCount > limits.maximumBytes { failure = .tooLarge }
        if failure == nil, limits.isCancelled?() == true { failure = .cancelled }
        // After a failure it is checked for each value, until all callers have returned.
        remainingSteps = failure == nil ? Self.stepsBetweenChecks : 0
        return failure == nil
    }

    /// Writes one field's key and value.
    private mutating func writeMember(_ id: PlanFieldID, of parent: Parent, into output: inout OutputBuffer) -> Bool {
        guard mayContinue(output.count) else { return false }
        output.append(contentsOf: plan.encodedKeys, in: plan.steps[id.index].leaf.key)
        path.append(.field(id))
        defer { path.removeLast() }
        return write(id, of: parent, into: &output)
    }

    /// Writes one field's value.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteField()
    private mutating func write(_ id: PlanFieldID, of parent: Parent, into output: inout OutputBuffer) -> Bool {
        var position = FieldPosition(id, parent)
        if plan.steps[id.index].hasVariableArguments,
            case .failure(let error) = execution.context.argumentValues(of: id)
        {
            return fail(codes.coded(error, codes.argument), in: position, level: 0, into: &output)
        }
        switch plan.steps[id.index].source {
        case .member:
            let key = plan.steps[id.index].leaf.member
            guard let node = tables.member(key, of: parent, hint: &hints[id.index]) else {
                return completeAbsentMember(in: position, into: &output)
            }
            return complete(node, in: parent.document, at: &position, level: 0, into: &output)
        case .bound:
            return writeBound(at: &position, into: &output)
        case .typename:
            output.appendJSONString(execution.plan.executable.schema[parent.type].name)
            return true
        case .other:
            return writeOther(at: &position, into: &output)
        case .part:
            return writePart(at: &position, into: &output)
        }
    }

    /// Writes a field whose value has a less usual source.
    private mutating func writeOther(at position: inout FieldPosition, into output: inout OutputBuffer) -> Bool {
        let parent = position.parent
        let field = execution.plan[position.id]
        switch field.source {
        case .parent:
            if field.selection == nil, let failure = failure(of: .everything, in: parent) {
                return fail(failure, in: position, level: 0, into: &output)
            }
            return complete(parent.node, in: parent.document, at: &position, level: 0, into: &output)
        case .member, .memberNamed, .memberByDeprecation:
            let json = execution.documents[parent.document].json
            guard
                let node = execution.context.memberKey(of: field, position.id).flatMap({
                    json.member($0, of: parent.node)
                })
            else { return completeAbsentMember(in: position, into: &output) }
            return complete(node, in: parent.document, at: &position, level: 0, into: &output)
        case .introspectionSchema:
            let node = execution.plan.executable.introspection.schemaNode
            let document = Execution.WellKnownDocument.introspection
            return complete(node, in: document, at: &position, level: 0, into: &output)
        case .introspectionType:
            let node = introspectedType(position.id)
            let document = Execution.WellKnownDocument.introspection
            return complete(node, in: document, at: &position, level: 0, into: &output)
        case .bound, .typename:
            return completeNull(in: position, level: 0, into: &output)
        }
    }

    /// Completes a field whose member its parent lacks: as null, unless the member could not be fetched.
    private mutating func completeAbsentMember(in position: FieldPosition, into output: inout OutputBuffer) -> Bool {
        guard !execution.incompleteObjects.isEmpty,
            let member = execution.context.memberKey(of: execution.plan[position.id], position.id),
            let failure = failure(of: .own(member), in: position.parent)
        else { return completeNull(in: position, level: 0, into: &output) }
        return fail(failure, in: position, level: 0, into: &output)
    }

    /// The reason why a member of an object could not be fetched; nil: it could.
    private func failure(of member: ReadMember, in parent: Parent) -> GraphQLError? {
        guard !execution.incompleteObjects.isEmpty else { return nil }
        let reference = ValueReference(document: parent.document, node: parent.node)
        return execution.incompleteObjects.failure(ofMember: member, of: reference).map {
            GraphQLError($0.message, extensions: $0.extensions)
        }
    }

    private mutating func writeBound(at position: inout FieldPosition, into output: inout OutputBuffer) -> Bool {
        if tables.partialFailureRow(of: position.id) == position.parent.row,
            reportedPartialFailures.insert(position.id).inserted
        {
            for failure in execution.resolved[position.id.index]?.partialFailures ?? [] {
                record(GraphQLError(failure.message, extensions: failure.extensions), in: position)
            }
        }
        switch tables.resolved(position.id, row: position.parent.row) {
        case nil:
            return completeNull(in: position, level: 0, into: &output)
        case .null?:
            return completeNull(in: position, level: 0, into: &output)
        case .found(let value)?:
            return writeFound(value, at: &position, into: &output)
        case .failed(let index)?:
            let failure = execution.resolved[position.id.index]?.failures[Int(index)] ?? FieldFailure("")
            let error = GraphQLError(failure.message, extensions: failure.extensions)
            return fail(error, in: position, level: 0, into: &output)
        }
    }

    /// Writes a value of a bound field, or copies the bytes of the same value in the same field.
    private mutating func writeFound(
        _ value: ValueReference,
        at position: inout FieldPosition,
        into output: inout OutputBuffer
    ) -> Bool {
        if let range = serialized.range(of: value, in: position.id) {
            guard range.count <= limits.maximumBytes - output.count else {
                failure = .tooLarge
                return checkLimits(output.count)
            }
            output.append(copyOf: range)
            return mayContinue(output.count)
        }
        let start = output.count
        let errorsBefore = errorCount
        guard complete(Int(value.node), in: Int(value.document), at: &position, level: 0, into: &output) else {
            return false
        }
        // An error is reported at each position of the value.
        if errorCount == errorsBefore { serialized.note(start..<output.count, of: value, in: position.id) }
        return true
    }

    /// Records an error at the position that is being written.
    mutating func record(_ error: GraphQLError, in position: FieldPosition) {
        errorCount += 1
        guard isReported(position) else { return }
        reportedErrorCount += 1
        // One more than are listed: its code is that of the errors that are left out.
        guard errors.count <= limits.maximumErrors else { return }
        var located = codes.coded(error, codes.completion)
        if located.locations.isEmpty { located.locations = locations(of: position.id) }
        if let renaming = execution.context.renaming {
            let known = relocated ?? renaming.locations(of: execution.plan.source)
            relocated = known
            located.locations = located.locations.map { known[$0] ?? $0 }
        }
        located.path = path.map { step in
            switch step {
            case .field(let id): .key(execution.context.responseKey(of: execution.plan[id]))
            case .index(let index): .index(index)
            }
        }
        errors.append(located)
    }

    /// The locations of a field in the document; computed once, as that visits the whole document.
    private mutating func locations(of id: PlanFieldID) -> [SourceLocation] {
        if let known = locations[id] { return known }
        let found = execution.plan.source.locations(of: execution.plan[id].nodes.map(\.range))
        locations[id] = found
        return found
    }

    private func introspectedType(_ id: PlanFieldID) -> Int? {
        guard case .success(let arguments) = execution.context.argumentValues(of: id),
            case .string(let name)? = arguments["name"]
        else { return nil }
        return execution.plan.executable.introspection.typeNode(named: name)
    }
}
