package import JSON

extension Execution {
    /// Writes the response of a complete execution: `{"data":…,"errors":[…],"extensions":{…}}`.
    ///
    /// https://spec.graphql.org/September2025/#sec-Response-Format
    package func write(
        into output: inout OutputBuffer,
        extensions: JSONObject = JSONObject(),
        maximumErrors: Int = .max
    ) {
        var writer = ResponseWriter(execution: self)
        output.append("{\"data\":")
        let start = output.count
        if !writer.writeRoot(into: &output) {
            output.truncate(to: start)
            output.append("null")
        }
        output.append(errors: writer.errors, maximum: maximumErrors)
        if !extensions.isEmpty {
            output.append(",\"extensions\":")
            JSONValue.object(extensions).write(into: &output)
        }
        output.append(UInt8(ascii: "}"))
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
    /// Where each field's member was in the last row; see `JSONDocument.member(_:of:hint:)`.
    private var hints: [Int]

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

    init(execution: Execution) {
        self.execution = execution
        hints = Array(repeating: 0, count: execution.plan.fields.count)
        path.reserveCapacity(16)
    }

    /// Writes the root selection set.
    mutating func writeRoot(into output: inout OutputBuffer) -> Bool {
        let selection = execution.plan[execution.plan.root]
        guard let variant = selection.variants.first else {
            output.append("{}")
            return true
        }
        let root = Parent(document: Execution.WellKnownDocument.root, node: 0, type: selection.type, row: 0)
        return write(variant, of: root, into: &output)
    }

    /// Writes an object.
    ///
    /// https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets
    mutating func write(_ variant: PlanVariant, of parent: Parent, into output: inout OutputBuffer) -> Bool {
        let json = execution.documents[parent.document].json
        let plan = execution.plan
        output.append(UInt8(ascii: "{"))
        // The first key leaves out its comma.
        var comma = 1
        for id in variant.fields {
            let leaf = plan.leafCopies[id.index]
            output.append(contentsOf: plan.encodedKeys, in: leaf.key.lowerBound + comma..<leaf.key.upperBound)
            comma = 0
            if leaf.copiesAny, copy(leaf, id, from: json, parent.node, into: &output) { continue }
            path.append(.field(id))
            let written = write(plan[id], id, of: parent, into: &output)
            path.removeLast()
            if !written { return false }
        }
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Copies a leaf's value as it stands, if it can be.
    private mutating func copy(
        _ leaf: LeafCopy,
        _ id: PlanFieldID,
        from json: JSONDocument,
        _ parent: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        guard let index = json.member(leaf.member, of: parent, hint: &hints[id.index]) else { return false }
        let node = json.node(index)
        guard leaf.copies(node.kind) else { return false }
        output.append(contentsOf: json.bytes, in: Int(node.start)..<Int(node.end))
        return true
    }

    /// Writes one field's value.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteField()
    private mutating func write(
        _ field: PlanField,
        _ id: PlanFieldID,
        of parent: Parent,
        into output: inout OutputBuffer
    ) -> Bool {
        if case .constant = field.arguments {} else if case .failure(let error) = execution.argumentValues(of: id) {
            return fail(error, in: Place(field, id, parent), level: 0, into: &output)
        }
        var place = Place(field, id, parent)
        switch field.source {
        case .member(let key):
            let json = execution.documents[parent.document].json
            let node = json.member(key, of: parent.node, hint: &hints[id.index])
            return complete(node, in: parent.document, at: &place, level: 0, into: &output)
        case .bound:
            return writeBound(at: &place, into: &output)
        case .typename:
            output.appendJSONString(execution.plan.executable.schema[parent.type].name)
            return true
        case .parent:
            return complete(parent.node, in: parent.document, at: &place, level: 0, into: &output)
        case .memberNamed, .memberByDeprecation:
            let json = execution.documents[parent.document].json
            let node = execution.memberKey(of: field, id).flatMap { json.member($0, of: parent.node) }
            return complete(node, in: parent.document, at: &place, level: 0, into: &output)
        case .introspectionSchema:
            let node = execution.plan.executable.introspection.schemaNode
            return complete(
                node,
                in: Execution.WellKnownDocument.introspection,
                at: &place,
                level: 0,
                into: &output
            )
        case .introspectionType:
            let node = introspectedType(id)
            return complete(
                node,
                in: Execution.WellKnownDocument.introspection,
                at: &place,
                level: 0,
                into: &output
            )
        }
    }

    private mutating func writeBound(at place: inout Place, into output: inout OutputBuffer) -> Bool {
        guard let result = execution.resolved[place.id.index], result.values.indices.contains(place.parent.row) else {
            return completeNull(in: place, level: 0, into: &output)
        }
        switch result.values[place.parent.row] {
        case .null:
            return completeNull(in: place, level: 0, into: &output)
        case .found(let value):
            return complete(Int(value.node), in: Int(value.document), at: &place, level: 0, into: &output)
        case .failed(let index):
            let failure = result.failures[Int(index)]
            let error = GraphQLError(failure.message, extensions: failure.extensions)
            return fail(error, in: place, level: 0, into: &output)
        }
    }

    private func introspectedType(_ id: PlanFieldID) -> Int? {
        guard case .success(let arguments) = execution.argumentValues(of: id),
            case .string(let name)? = arguments["name"]
        else { return nil }
        return execution.plan.executable.introspection.typeNode(named: name)
    }
}
