internal import GraphQL
internal import JSON

/// The data that a client has received of a response in parts, and the parts that are pending.
struct ClientView {
    private enum State {
        case pending(IncrementalMessage.Pending)
        /// The part has been delivered; of a list, from the item of this index on.
        case delivered(from: Int)
        case failed
    }

    private let parts: [PlanPart]
    /// The data that the client has received.
    private var data: JSONValue = .null
    private var states: [PartInstance: State] = [:]
    private var lastID = -1
    private var openCount = 0
    // Only set while a result is taken:
    private var path: [JSONValue] = []
    private var message = IncrementalMessage()

    init(_ parts: [PlanPart]) {
        self.parts = parts
    }

    /// Whether parts are pending.
    var isOpen: Bool { openCount > 0 }

    /// Makes the initial response.
    mutating func begin(with result: PartResult) -> IncrementalMessage {
        data = result.data.withoutParts
        message = IncrementalMessage(initial: ["data": data])
        let errors = result.errors(of: nil).map(\.json)
        if !errors.isEmpty { message.initial?["errors"] = .array(errors) }
        return end(with: result)
    }

    /// Makes the message with the data that the client has not received yet.
    mutating func take(_ result: PartResult) -> IncrementalMessage {
        message = IncrementalMessage()
        return end(with: result)
    }

    /// Makes the message that completes all pending parts with an error.
    mutating func fail(with error: JSONValue) -> IncrementalMessage {
        message = IncrementalMessage()
        let open = states.compactMap { instance, state -> (PartInstance, IncrementalMessage.Pending)? in
            if case .pending(let pending) = state { (instance, pending) } else { nil }
        }
        for (instance, pending) in open.sorted(by: { $0.1.id < $1.1.id }) { fail(instance, pending, [error], at: 0) }
        return message
    }

    private mutating func end(with result: PartResult) -> IncrementalMessage {
        data = visited(result.data, data, result)
        message.hasNext = isOpen
        return message
    }

    // MARK: - Visiting

    /// Visits the parts in a value that the client has received; returns the value with them added.
    private mutating func visited(_ new: JSONValue, _ known: JSONValue, _ result: PartResult) -> JSONValue {
        switch (new, known) {
        case (.object(let new), .object(var known)):
            visit(new, &known, result)
            return .object(known)
        case (.array(let new), .array(var known)):
            visit(new, from: 0, &known, result)
            return .array(known)
        default: return known
        }
    }

    private mutating func visit(_ new: JSONObject, _ known: inout JSONObject, _ result: PartResult) {
        var found: [(part: Int, value: JSONValue)] = []
        for (key, value) in new {
            if let part = PlanPart.number(inKey: key), parts.indices.contains(part) {
                found.append((part, value))
            } else if value.isComposite, let old = known[key] {
                path.append(.string(key))
                known[key] = visited(value, old, result)
                path.removeLast()
            }
        }
        for (part, value) in found {
            switch parts[part].content {
            case .fragment: take(value, of: part, &known, result)
            case .items(let list, let start, let areNonNull):
                take(value, of: part, list, from: start, areNonNull, &known, result)
            }
        }
    }

    private mutating func visit(
        _ new: [JSONValue],
        from start: Int,
        _ known: inout [JSONValue],
        _ result: PartResult
    ) {
        for (offset, item) in new.enumerated() where item.isComposite && start + offset < known.count {
            path.append(.integer(start + offset))
            known[start + offset] = visited(item, known[start + offset], result)
            path.removeLast()
        }
    }

    // MARK: - Deferred fragments

    private mutating func take(
        _ value: JSONValue,
        of part: Int,
        _ known: inout JSONObject,
        _ result: PartResult
    ) {
        let instance = PartInstance(part: part, path: path)
        switch (value, states[instance]) {
        case (.bool(true), nil): announce(instance)
        case (.object(let fields), .delivered?): visit(fields, &known, result)
        case (.object(let fields), nil), (.object(let fields), .pending?):
            let pending = announce(instance)
            let errors = result.errors(of: instance)
            var merge = DataMerge(errors: errors)
            var merged = known
            merge.add(fields, to: &merged)
            if merge.hasFailed { return fail(instance, pending, errors.map(\.json), at: 0) }
            let before = JSONValue.object(known)
            let whole = JSONValue.object(fields).withoutParts.objectValue ?? JSONObject()
            message.deliveries.append(
                IncrementalMessage.Delivery(
                    pending: pending,
                    content: .fragment(additions: merge.additions, whole: whole),
                    errors: errors.filter { !before.isSettled(at: $0.rest) }.map(\.json)
                )
            )
            complete(instance, pending, .delivered(from: 0))
            known = merged
            visit(fields, &known, result)
        case (.null, nil), (.null, .pending?):
            fail(instance, announce(instance), result.errors(of: instance).map(\.json), at: 0)
        default: break
        }
    }

    // MARK: - Streamed lists

    private mutating func take(
        _ value: JSONValue,
        of part: Int,
        _ list: String,
        from start: Int,
        _ areNonNull: Bool,
        _ known: inout JSONObject,
        _ result: PartResult
    ) {
        guard case .array(var items)? = known[list] else { return }
        path.append(.string(list))
        defer { path.removeLast() }
        let instance = PartInstance(part: part, path: path)
        switch (value, states[instance]) {
        case (.bool(true), nil): announce(instance)
        case (.array(let new), .delivered(let start)?): visit(new, from: start, &items, result)
        case (.array(let new), nil), (.array(let new), .pending?):
            let pending = announce(instance)
            let start = min(start, items.count)
            let endsEarly = areNonNull && new.last?.isNull == true
            let delivered = Array(endsEarly ? new.dropLast() : new[...])
            let end = start + delivered.count
            var errors = result.errors(of: instance)
            // The client may have items by another fragment that streams the same list.
            if items.count > start {
                guard complete(&items, delivered, from: start, pending, errors) else {
                    return fail(instance, pending, errors.map(\.json), at: start)
                }
                errors.removeAll { $0.index.map { $0 < items.count && $0 < end } ?? false }
            }
            let errorsOfEnd = errors.filter { endsEarly && $0.index == end }
            errors.removeAll { endsEarly && $0.index == end }
            deliver(delivered.dropFirst(items.count - start).map(\.withoutParts), pending, errors, &items)
            if endsEarly {
                fail(instance, pending, errorsOfEnd.map(\.json), at: end)
                states[instance] = .delivered(from: start)
            } else {
                complete(instance, pending, .delivered(from: start))
            }
            visit(delivered, from: start, &items, result)
        default: break
        }
        known[list] = .array(items)
    }

    /// Delivers items behind those that the client has received.
    private mutating func deliver(
        _ content: [JSONValue],
        _ pending: IncrementalMessage.Pending,
        _ errors: [PartError],
        _ items: inout [JSONValue]
    ) {
        if !content.isEmpty {
            message.deliveries.append(
                IncrementalMessage.Delivery(
                    pending: pending,
                    content: .items(content, from: items.count),
                    errors: errors.map(\.json)
                )
            )
        }
        items += content
    }

    /// Adds to the items that the client has received the members that they lack; returns false if that makes the part fail.
    private mutating func complete(
        _ items: inout [JSONValue],
        _ new: [JSONValue],
        from start: Int,
        _ pending: IncrementalMessage.Pending,
        _ errors: [PartError]
    ) -> Bool {
        let before = JSONValue.array(items)
        var merge = DataMerge(errors: errors)
        var merged = items
        merge.add(new, from: start, to: &merged)
        guard !merge.hasFailed else { return false }
        items = merged
        guard !merge.additions.isEmpty else { return true }
        message.deliveries.append(
            IncrementalMessage.Delivery(
                pending: pending,
                content: .members(
                    additions: merge.additions,
                    whole: new.prefix(items.count - start).map(\.withoutParts),
                    from: start
                ),
                errors: errors.filter { ($0.index ?? items.count) < items.count && !before.isSettled(at: $0.rest) }
                    .map(\.json)
            )
        )
        return true
    }

    // MARK: - States

    @discardableResult
    private mutating func announce(_ instance: PartInstance) -> IncrementalMessage.Pending {
        if case .pending(let known)? = states[instance] { return known }
        lastID += 1
        let label = parts[instance.part].label
        let pending = IncrementalMessage.Pending(id: lastID, path: instance.path, label: label)
        states[instance] = .pending(pending)
        openCount += 1
        message.pending.append(pending)
        return pending
    }

    private mutating func complete(_ instance: PartInstance, _ pending: IncrementalMessage.Pending, _ state: State) {
        states[instance] = state
        openCount -= 1
        message.completions.append(
            IncrementalMessage.Completion(pending: pending, failedContent: .fragment, errors: [])
        )
    }

    private mutating func fail(
        _ instance: PartInstance,
        _ pending: IncrementalMessage.Pending,
        _ errors: [JSONValue],
        at index: Int
    ) {
        states[instance] = .failed
        openCount -= 1
        let content: IncrementalMessage.Completion.FailedContent
        if case .items = parts[instance.part].content { content = .items(from: index) } else { content = .fragment }
        message.completions.append(
            IncrementalMessage.Completion(
                pending: pending,
                failedContent: content,
                // There may be more errors than are listed.
                errors: errors.isEmpty ? [["message": "The part has errors that are not listed."]] : errors
            )
        )
    }
}

extension JSONValue {
    fileprivate var isComposite: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .number, .string: false
        }
    }
}
