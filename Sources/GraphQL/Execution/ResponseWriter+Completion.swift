internal import JSON

extension ResponseWriter {
    /// The field whose value is being completed.
    struct Place {
        let field: PlanField
        let id: PlanFieldID
        let parent: Parent
        /// The row of the next object of this field's value, if fields below it are bound.
        var nextRow: Int

        init(_ field: PlanField, _ id: PlanFieldID, _ parent: Parent) {
            self.field = field
            self.id = id
            self.parent = parent
            nextRow = 0
        }
    }

    /// Completes a value that stands at a list level of its field's type; level 0 is the field itself.
    ///
    /// Returns false if the value is null and must not be.
    ///
    /// https://spec.graphql.org/September2025/#CompleteValue()
    mutating func complete(
        _ node: Int?,
        in document: Int,
        at place: inout Place,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        if level == 0, place.field.leadsToBound, let rows = execution.rows[place.id.index] {
            place.nextRow = rows.starts.indices.contains(place.parent.row) ? Int(rows.starts[place.parent.row]) : 0
        }
        guard let node else { return completeNull(in: place, level: level, into: &output) }
        let (document, target) = execution.locate(ValueReference(document: document, node: node))
        let json = execution.documents[document].json
        let value = json.node(target)
        if value.kind == .null { return completeNull(in: place, level: level, into: &output) }
        if value.kind == .object, execution.plan.executable.strictness == .localData,
            let marker = DataMarker(json, at: target)
        {
            return complete(marker, at: &place, level: level, into: &output)
        }
        if level < place.field.shape.listDepth {
            return completeList(json, document, target, at: &place, level: level, into: &output)
        }
        if case .composite = place.field.shape.leaf {
            return completeObject(document, target, at: &place, level: level, into: &output)
        }
        switch completeLeaf(json, target, shape: place.field.shape, into: &output) {
        case nil: return true
        case let message?: return fail(GraphQLError(message), in: place, level: level, into: &output)
        }
    }

    /// https://spec.graphql.org/September2025/#sec-Combining-List-and-Non-Null
    private mutating func completeList(
        _ json: JSONDocument,
        _ document: Int,
        _ node: Int,
        at place: inout Place,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        guard json.node(node).kind == .array else {
            let name = coordinate(of: place)
            let message = "Expected Iterable, but did not find one for field \"\(name)\"."
            return fail(GraphQLError(message), in: place, level: level, into: &output)
        }
        let start = output.count
        output.append(UInt8(ascii: "["))
        var child = node + 1
        let end = Int(json.node(node).next)
        var index = 0
        while child < end {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            path.append(.index(index))
            let written = complete(child, in: document, at: &place, level: level + 1, into: &output)
            path.removeLast()
            if !written { return propagateNull(in: place, level: level, from: start, into: &output) }
            child = Int(json.node(child).next)
            index += 1
        }
        output.append(UInt8(ascii: "]"))
        return true
    }

    private mutating func completeObject(
        _ document: Int,
        _ node: Int,
        at place: inout Place,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        guard let selectionID = place.field.selection else { return true }
        let selection = execution.plan[selectionID]
        let json = execution.documents[document].json
        if json.node(node).kind != .object, execution.plan.executable.strictness == .upstream {
            let message = "Expected an object for field \"\(coordinate(of: place))\"."
            return fail(GraphQLError(message), in: place, level: level, into: &output)
        }
        let row = place.nextRow
        if selection.containsBound { place.nextRow += 1 }
        switch execution.concreteType(of: document, node, in: selection) {
        case .known(let type, let variant):
            let start = output.count
            let object = Parent(document: document, node: node, type: type, row: row)
            if write(selection.variants[variant], of: object, into: &output) { return true }
            return propagateNull(in: place, level: level, from: start, into: &output)
        case .unnamed:
            return fail(unresolvedType(of: selection, in: place), in: place, level: level, into: &output)
        case .wrong(let name):
            return fail(wrongType(name, of: selection, in: place), in: place, level: level, into: &output)
        }
    }

    private mutating func complete(
        _ marker: DataMarker,
        at place: inout Place,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        switch marker {
        case .error(let message):
            return fail(GraphQLError(message), in: place, level: level, into: &output)
        case .arguments:
            guard case .success(let arguments) = execution.argumentValues(of: place.id) else { return true }
            let text = JSONValue.object(arguments).serialized(sortedKeys: true)
            let json = JSONDocument(.string(String(decoding: text, as: UTF8.self)))
            switch completeLeaf(json, 0, shape: place.field.shape, into: &output) {
            case nil: return true
            case let message?: return fail(GraphQLError(message), in: place, level: level, into: &output)
            }
        }
    }

    // MARK: - Null and errors

    /// Writes null where it is allowed; else records the error.
    func isNullAllowed(in place: Place, level: Int) -> Bool { !place.field.shape.isNonNull(level: level) }

    mutating func completeNull(in place: Place, level: Int, into output: inout OutputBuffer) -> Bool {
        if isNullAllowed(in: place, level: level) {
            output.append("null")
            return true
        }
        record(GraphQLError("Cannot return null for non-nullable field \(coordinate(of: place))."), in: place)
        return false
    }

    /// Records a field error and writes null in the value's place, if that is allowed.
    mutating func fail(_ error: GraphQLError, in place: Place, level: Int, into output: inout OutputBuffer) -> Bool {
        record(error, in: place)
        guard isNullAllowed(in: place, level: level) else { return false }
        output.append("null")
        return true
    }

    /// Replaces what was written of a value by null after something in it failed, if that is allowed.
    private func propagateNull(in place: Place, level: Int, from start: Int, into output: inout OutputBuffer) -> Bool {
        guard isNullAllowed(in: place, level: level) else { return false }
        output.truncate(to: start)
        output.append("null")
        return true
    }

    private mutating func record(_ error: GraphQLError, in place: Place) {
        var located = error
        if located.locations.isEmpty {
            located.locations = place.field.nodes.map {
                execution.plan.source.location(at: Int($0.range.start))
            }
        }
        located.path = path.map { step in
            switch step {
            case .field(let id): .key(execution.plan[id].responseKey)
            case .index(let index): .index(index)
            }
        }
        errors.append(located)
    }

    /// The schema coordinate of a field, such as `Query.name`.
    func coordinate(of place: Place) -> String {
        "\(execution.plan.executable.schema[place.parent.type].name).\(place.field.definition.name)"
    }

    private func unresolvedType(of selection: PlanSelection, in place: Place) -> GraphQLError {
        let name = execution.plan.executable.schema[selection.type].name
        return GraphQLError(
            "Abstract type \"\(name)\" must resolve to an Object type at runtime for field "
                + "\"\(coordinate(of: place))\". Either the \"\(name)\" type should provide a \"resolveType\" function or "
                + "each possible type should provide an \"isTypeOf\" function."
        )
    }

    private func wrongType(_ found: String, of selection: PlanSelection, in place: Place) -> GraphQLError {
        let schema = execution.plan.executable.schema
        let name = schema[selection.type].name
        guard let type = schema[found] else {
            return GraphQLError(
                "Abstract type \"\(name)\" was resolved to a type \"\(found)\" that does not exist inside the schema."
            )
        }
        guard type.kind == .object else {
            return GraphQLError("Abstract type \"\(name)\" was resolved to a non-object type \"\(found)\".")
        }
        return GraphQLError("Runtime Object type \"\(found)\" is not a possible type for \"\(name)\".")
    }
}
