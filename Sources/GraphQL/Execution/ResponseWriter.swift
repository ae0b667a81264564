package import JSON

extension Execution {
    /// Writes the response of a complete execution: `{"data":…,"errors":[…],"extensions":{…}}`.
    ///
    /// - Returns: where the values of root fields lie in the output; nil if there are errors or no data.
    ///
    /// https://spec.graphql.org/September2025/#sec-Response-Format
    @discardableResult
    package func write(
        into output: inout OutputBuffer,
        extensions: JSONObject = JSONObject(),
        maximumErrors: Int = .max,
        codes: FieldErrorCodes = FieldErrorCodes()
    ) -> [Range<Int>]? {
        output.append(UInt8(ascii: "{"))
        let ranges = writeMembers(into: &output, maximumErrors: maximumErrors, codes: codes)
        output.append(extensions: extensions)
        output.append(UInt8(ascii: "}"))
        return ranges
    }

    /// Writes the members `data` and, if there are any, `errors` of the response.
    @discardableResult
    package func writeMembers(
        into output: inout OutputBuffer,
        maximumErrors: Int = .max,
        codes: FieldErrorCodes = FieldErrorCodes()
    ) -> [Range<Int>]? {
        var writer = ResponseWriter(execution: self, codes: codes)
        output.append("\"data\":")
        let start = output.count
        let isComplete = writer.writeRoot(into: &output)
        if !isComplete {
            output.truncate(to: start)
            output.append("null")
        }
        output.append(errors: writer.errors, maximum: maximumErrors)
        return isComplete && writer.errors.isEmpty ? writer.rootRanges : nil
    }
}

/// Completes values and writes them, in one walk over plan and documents.
///
/// A null where none is allowed makes a function return false; the nearest nullable ancestor then truncates the output
/// to where it began and writes `null`.
///
/// https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors
struct ResponseWriter {
    let execution: Execution
    var errors: [GraphQLError] = []
    var path: [PathStep] = []
    let tables: Tables
    let plan: PlanSteps
    let strictness: Strictness
    let codes: FieldErrorCodes
    /// Where each field's member was in the last row; see `JSONDocument.member(_:of:hint:)`.
    private var hints: [Int]
    /// Where values lie in the output that may come again.
    var serialized = SerializedValues()
    /// Where the values of root fields lie in the output.
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

    init(execution: Execution, codes: FieldErrorCodes) {
        self.execution = execution
        self.codes = codes
        plan = execution.plan.steps
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
            guard writeMember(id, of: root, into: &output) else { return false }
            rootRanges.append(value..<output.count)
        }
        output.replaceByte(at: start, with: UInt8(ascii: "{"))
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Writes an object.
    ///
    /// https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets
    mutating func write(variant: Int, of parent: Parent, into output: inout OutputBuffer) -> Bool {
        // PERF: every key is written with its comma; the brace takes the place of the first one.
        let start = output.count
        let fields = plan.variants[variant]
        if fields.isEmpty { output.append(UInt8(ascii: "{")) }
        var position = fields.lowerBound
        while true {
            position = tables.copyLeaves(
                position..<fields.upperBound,
                of: parent,
                plan,
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

    /// Writes one field's key and value.
    private mutating func writeMember(_ id: PlanFieldID, of parent: Parent, into output: inout OutputBuffer) -> Bool {
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
        if plan.steps[id.index].hasVariableArguments, case .failure(let error) = execution.argumentValues(of: id) {
            return fail(codes.coded(error, codes.argument), in: position, level: 0, into: &output)
        }
        switch plan.steps[id.index].source {
        case .member:
            let key = plan.steps[id.index].leaf.member
            guard let node = tables.member(key, of: parent, hint: &hints[id.index]) else {
                return completeAbsentMember(at: &position, into: &output)
            }
            return complete(node, in: parent.document, at: &position, level: 0, into: &output)
        case .bound:
            return writeBound(at: &position, into: &output)
        case .typename:
            output.appendJSONString(execution.plan.executable.schema[parent.type].name)
            return true
        case .other:
            return writeOther(at: &position, into: &output)
        }
    }

    /// Writes a field whose value comes from somewhere less usual.
    private mutating func writeOther(at position: inout FieldPosition, into output: inout OutputBuffer) -> Bool {
        let parent = position.parent
        let field = execution.plan[position.id]
        switch field.source {
        case .parent:
            return complete(parent.node, in: parent.document, at: &position, level: 0, into: &output)
        case .member, .memberNamed, .memberByDeprecation:
            let json = execution.documents[parent.document].json
            guard let node = execution.memberKey(of: field, position.id).flatMap({ json.member($0, of: parent.node) })
            else { return completeAbsentMember(at: &position, into: &output) }
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

    /// Completes a field whose member its parent lacks: as null, unless the member could not be had.
    private mutating func completeAbsentMember(
        at position: inout FieldPosition,
        into output: inout OutputBuffer
    ) -> Bool {
        let parent = ValueReference(document: position.parent.document, node: position.parent.node)
        guard !execution.incompleteObjects.isEmpty,
            let member = execution.memberKey(of: execution.plan[position.id], position.id),
            let failure = execution.incompleteObjects.failure(ofMember: member, of: parent)
        else { return complete(nil, in: position.parent.document, at: &position, level: 0, into: &output) }
        let error = GraphQLError(failure.message, extensions: failure.extensions)
        return fail(error, in: position, level: 0, into: &output)
    }

    private mutating func writeBound(at position: inout FieldPosition, into output: inout OutputBuffer) -> Bool {
        if tables.partialFailureRows[position.id.index] == position.parent.row {
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

    /// Writes a value of a bound field, or copies what was written when it stood in that field before.
    private mutating func writeFound(
        _ value: ValueReference,
        at position: inout FieldPosition,
        into output: inout OutputBuffer
    ) -> Bool {
        guard !plan.steps[position.id.index].leadsToBoundBelow else {
            return complete(Int(value.node), in: Int(value.document), at: &position, level: 0, into: &output)
        }
        if let range = serialized.range(of: value, in: position.id) {
            output.append(copyOf: range)
            return true
        }
        let start = output.count
        let errorCount = errors.count
        guard complete(Int(value.node), in: Int(value.document), at: &position, level: 0, into: &output) else {
            return false
        }
        // An error is told at each place of the value.
        if errors.count == errorCount { serialized.note(start..<output.count, of: value, in: position.id) }
        return true
    }

    private func introspectedType(_ id: PlanFieldID) -> Int? {
        guard case .success(let arguments) = execution.argumentValues(of: id),
            case .string(let name)? = arguments["name"]
        else { return nil }
        return execution.plan.executable.introspection.typeNode(named: name)
    }
}
