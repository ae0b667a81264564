internal import JSON

extension ResponseWriter {
    /// Writes the field of a part: its data if it is complete, else whether it applies.
    mutating func writePart(at position: inout FieldPosition, into output: inout OutputBuffer) -> Bool {
        let parent = position.parent
        let part = execution.plan[position.id].position
        let isComplete = part.begun.map { execution.isComplete(part: $0) } ?? false
        guard let continued = part.continued else {
            guard isComplete else { return write(applies: true, into: &output) }
            return complete(parent.node, in: parent.document, at: &position, level: 0, into: &output)
        }
        guard let list = list(of: continued, in: parent), hasItem(part.items?.lowerBound ?? 0, list) else {
            return write(applies: false, into: &output)
        }
        guard isComplete else { return write(applies: true, into: &output) }
        return complete(Int(list.node), in: Int(list.document), at: &position, level: 0, into: &output)
    }

    private func write(applies: Bool, into output: inout OutputBuffer) -> Bool {
        output.append(applies ? "true" : "false")
        return true
    }

    /// The list whose first items a field has; nil: the value is not a list.
    private func list(of id: PlanFieldID, in parent: Parent) -> ValueReference? {
        let field = execution.plan[id]
        if case .bound = field.source {
            guard case .found(let value)? = tables.resolved(id, row: parent.row) else { return nil }
            return value
        }
        guard field.source.isMember, let key = execution.context.memberKey(of: field, id),
            let node = execution.documents[parent.document].json.member(key, of: parent.node)
        else { return nil }
        return ValueReference(document: parent.document, node: node)
    }

    private func hasItem(_ index: Int, _ list: ValueReference) -> Bool {
        let (document, node, found) = tables.locate(Int(list.node), in: Int(list.document))
        guard found.kind == .array else { return false }
        let end = tables.next(after: node, in: document)
        var (child, left) = (tables.firstChild(of: node, in: document), index)
        while child < end {
            if left == 0 { return true }
            left -= 1
            child = tables.next(after: child, in: document)
        }
        return false
    }

    /// Whether errors of the part of a field are listed.
    func isReported(_ position: FieldPosition) -> Bool {
        reportedParts?.contains(execution.plan[position.id].position.part) ?? true
    }
}
