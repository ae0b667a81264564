internal import JSON

extension ResponseWriter {
    /// The position of a field whose value is being completed.
    struct FieldPosition {
        let id: PlanFieldID
        let parent: Parent
        /// The row of the next object of this field's value, if fields below it are bound.
        var nextRow: Int

        init(_ id: PlanFieldID, _ parent: Parent) {
            self.id = id
            self.parent = parent
            nextRow = 0
        }
    }

    /// Completes a value at a list level of its field's type; level 0 is the field itself.
    ///
    /// Returns false if the value is null in a non-null position.
    ///
    /// https://spec.graphql.org/September2025/#CompleteValue()
    mutating func complete(
        _ node: Int?,
        in document: Int,
        at position: inout FieldPosition,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        if level == 0, plan.steps[position.id.index].leadsToBound {
            position.nextRow = tables.firstRow(of: position.id, parent: position.parent.row)
        }
        guard let node else { return completeNull(in: position, level: level, into: &output) }
        let (document, target, value) = tables.locate(node, in: document)
        if value.kind == .null {
            let null = ValueReference(document: document, node: target)
            if !execution.incompleteObjects.isEmpty, let failure = execution.incompleteObjects.failure(ofNull: null) {
                let error = GraphQLError(failure.message, extensions: failure.extensions)
                return fail(error, in: position, level: level, into: &output)
            }
            return completeNull(in: position, level: level, into: &output)
        }
        if value.kind == .object, isLocalData,
            let marker = DataMarker(execution.documents[document].json, at: target)
        {
            return complete(marker, in: document, at: &position, level: level, into: &output)
        }
        let shape = plan.steps[position.id.index].shape
        if level < shape.listDepth {
            return completeList(value, document, target, at: &position, level: level, into: &output)
        }
        if case .composite = shape.leaf {
            return completeObject(value, document, target, at: &position, level: level, into: &output)
        }
        switch completeLeaf(execution.documents[document].json, target, shape: shape, into: &output) {
        case nil: return true
        case let message?: return fail(GraphQLError(message), in: position, level: level, into: &output)
        }
    }

    /// Writes the items of a list.
    ///
    /// https://spec.graphql.org/September2025/#sec-Combining-List-and-Non-Null
    private mutating func completeList(
        _ list: JSONNode,
        _ document: Int,
        _ node: Int,
        at position: inout FieldPosition,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        guard list.kind == .array else {
            let name = coordinate(of: position)
            let message = "Expected Iterable, but did not find one for field \"\(name)\"."
            return fail(GraphQLError(message), in: position, level: level, into: &output)
        }
        let start = output.count
        let firstRow = position.nextRow
        output.append(UInt8(ascii: "["))
        var child = tables.firstChild(of: node, in: document)
        let end = tables.next(after: node, in: document)
        var index = 0
        let slice = level == 0 && plan.hasSlices ? execution.plan[position.id].position : nil
        let items = slice?.items ?? 0..<Int.max
        while child < end, index < items.upperBound {
            guard index >= items.lowerBound else {
                child = tables.next(after: child, in: document)
                index += 1
                continue
            }
            if index > items.lowerBound { output.append(UInt8(ascii: ",")) }
            guard mayContinue(output.count) else { return false }
            let itemStart = output.count
            path.append(.index(index))
            let serialized = complete(child, in: document, at: &position, level: level + 1, into: &output)
            path.removeLast()
            if !serialized, failure == nil, slice?.continued != nil {
                // Earlier items of the list stay.
                output.truncate(to: itemStart)
                self.serialized.forget()
                output.append("null")
                break
            }
            if !serialized {
                // The rows of omitted items are counted nevertheless.
                let list = ValueReference(document: document, node: node)
                position.nextRow = firstRow + execution.rowCount(of: list, at: position.id, level: level)
                return propagateNull(in: position, level: level, from: start, into: &output)
            }
            child = tables.next(after: child, in: document)
            index += 1
        }
        output.append(UInt8(ascii: "]"))
        guard execution.plan[position.id].selection != nil, index > items.lowerBound else { return true }
        return mayShowMore(rows: index - items.lowerBound)
    }

    private mutating func completeObject(
        _ value: JSONNode,
        _ document: Int,
        _ node: Int,
        at position: inout FieldPosition,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        let number = plan.steps[position.id.index].selection
        guard number >= 0 else { return true }
        if value.kind != .object, !isLocalData {
            let message = "Expected an object for field \"\(coordinate(of: position))\"."
            return fail(GraphQLError(message), in: position, level: level, into: &output)
        }
        let selection = plan.selections[number]
        let row = position.nextRow
        // A value that is not an object has no row: see `Execution.collect`.
        if selection.containsBound, value.kind == .object { position.nextRow += 1 }
        var variant = 0
        var type = selection.type
        if !selection.isConcrete {
            let planned = execution.plan.selections[number]
            switch execution.concreteType(of: document, node, in: planned) {
            case .known(let found, let number): (type, variant) = (found, number)
            case .unnamed:
                return fail(unresolvedType(of: planned, in: position), in: position, level: level, into: &output)
            case .unreadable(let found):
                let value = execution.documents[document].json.value(at: node)
                let error = unreadableType(found, of: value, planned, in: position)
                return fail(error, in: position, level: level, into: &output)
            case .wrong(let name):
                return fail(wrongType(name, of: planned, in: position), in: position, level: level, into: &output)
            }
        }
        if selection.mayFail, let failure = execution.plan.selections[number].variants[variant].failure {
            // The error is the request's: a condition is null.
            return fail(codes.coded(failure, codes.argument), in: position, level: level, into: &output)
        }
        let start = output.count
        let object = Parent(document: document, node: node, type: type, row: row)
        if write(variant: selection.firstVariant + variant, of: object, into: &output) { return true }
        return propagateNull(in: position, level: level, from: start, into: &output)
    }

    private var isLocalData: Bool { strictness == .localData }

    private mutating func complete(
        _ marker: DataMarker,
        in document: Int,
        at position: inout FieldPosition,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        switch marker {
        case .error(let message):
            return fail(GraphQLError(message), in: position, level: level, into: &output)
        case .arguments(let standIn):
            // The text is no list and no object, and neither is the node `true` in its position.
            let shape = plan.steps[position.id.index].shape
            let node = tables.node(standIn, in: document)
            if level < shape.listDepth {
                return completeList(node, document, standIn, at: &position, level: level, into: &output)
            }
            if case .composite = shape.leaf {
                return completeObject(node, document, standIn, at: &position, level: level, into: &output)
            }
            guard case .success(let arguments) = execution.context.argumentValues(of: position.id) else {
                return completeNull(in: position, level: level, into: &output)
            }
            // With numbers as graphql-js shows them.
            let text = JSONValue.object(arguments).withShortestNumbers.serialized(sortedKeys: true)
            let json = JSONDocument(.string(String(decoding: text, as: UTF8.self)))
            guard let message = completeLeaf(json, 0, shape: shape, into: &output) else { return true }
            return fail(GraphQLError(message), in: position, level: level, into: &output)
        }
    }

    // MARK: - Null and errors

    /// Whether null is allowed at a list level of the field's type.
    func isNullAllowed(in position: FieldPosition, level: Int) -> Bool {
        !plan.steps[position.id.index].shape.isNonNull(level: level)
    }

    /// Writes null if it is allowed; else records an error.
    mutating func completeNull(in position: FieldPosition, level: Int, into output: inout OutputBuffer) -> Bool {
        if isNullAllowed(in: position, level: level) {
            output.append("null")
            return true
        }
        record(GraphQLError("Cannot return null for non-nullable field \(coordinate(of: position))."), in: position)
        return false
    }

    /// Records a field error, and writes null instead of the value if that is allowed.
    mutating func fail(
        _ error: GraphQLError,
        in position: FieldPosition,
        level: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        record(error, in: position)
        guard isNullAllowed(in: position, level: level) else { return false }
        output.append("null")
        return true
    }

    /// Replaces a partly written value by null after a failure in it, if that is allowed.
    private mutating func propagateNull(
        in position: FieldPosition,
        level: Int,
        from start: Int,
        into output: inout OutputBuffer
    ) -> Bool {
        guard failure == nil, isNullAllowed(in: position, level: level) else { return false }
        output.truncate(to: start)
        serialized.forget()
        output.append("null")
        return true
    }

    /// The schema coordinate of a field, such as `Query.name`.
    func coordinate(of position: FieldPosition) -> String {
        "\(execution.plan.executable.schema[position.parent.type].name).\(execution.plan[position.id].definition.name)"
    }

    private func unresolvedType(of selection: PlanSelection, in position: FieldPosition) -> GraphQLError {
        let executable = execution.plan.executable
        let name = executable.schema[selection.type].name
        let abstract = "Abstract type \"\(name)\" must resolve to an Object type at runtime for field "
        guard strictness == .upstream, let member = executable.discriminator(of: selection.type)?.member.name else {
            // The texts are those of graphql-js.
            return GraphQLError(
                abstract
                    + "\"\(coordinate(of: position))\". Either the \"\(name)\" type should provide a \"resolveType\" "
                    + "function or each possible type should provide an \"isTypeOf\" function."
            )
        }
        return GraphQLError(abstract + "\"\(coordinate(of: position))\", but the value has no member \"\(member)\".")
    }

    private func unreadableType(
        _ found: JSONValue,
        of value: JSONValue,
        _ selection: PlanSelection,
        in position: FieldPosition
    ) -> GraphQLError {
        let name = execution.plan.executable.schema[selection.type].name
        return GraphQLError(
            "Abstract type \"\(name)\" must resolve to an Object type at runtime for field \"\(coordinate(of: position))\" "
                + "with value \(inspect(value)), received \"\(inspect(found))\"."
        )
    }

    private func wrongType(_ found: String, of selection: PlanSelection, in position: FieldPosition) -> GraphQLError {
        let schema = execution.plan.executable.schema
        let name = schema[selection.type].name
        if strictness == .upstream, let discriminator = execution.plan.executable.discriminator(of: selection.type) {
            let known = discriminator.spellings.map { "\"\($0)\"" }.joined(separator: ", ")
            return GraphQLError(
                "Abstract type \"\(name)\" must resolve to an Object type at runtime for field "
                    + "\"\(coordinate(of: position))\", but its member \"\(discriminator.member.name)\" is \"\(found)\"; "
                    + "possible values are: \(known)."
            )
        }
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
