internal import JSON

/// One message of a response in parts, before it is serialized in a format.
struct IncrementalMessage {
    /// A part that is announced and not complete yet.
    struct Pending {
        let id: Int
        let path: [JSONValue]
        let label: String?
    }

    /// Data of a part.
    struct Delivery {
        let pending: Pending
        let content: Content
        /// The errors in the data.
        let errors: [JSONValue]

        enum Content {
            /// The fields of a fragment: `additions` has those that the client has not received, by object; `whole` has all of them.
            case fragment(additions: [DataAddition], whole: JSONObject)
            /// Items of a list, the first of which has this index.
            case items([JSONValue], from: Int)
            /// The members that the client lacks of items that it has: `additions` by object; `whole` has the complete items, from an index on.
            case members(additions: [DataAddition], whole: [JSONValue], from: Int)
        }
    }

    /// A part that is complete.
    struct Completion {
        let pending: Pending
        /// The kind of the part, and for a list the index of the first missing item.
        let failedContent: FailedContent
        /// The errors that prevent the part's data, or end its list early; empty: it has all of them.
        let errors: [JSONValue]

        enum FailedContent {
            case fragment
            case items(from: Int)
        }
    }

    /// The beginning of the initial response: `data`, and `errors` if there are any; nil: it is a later message.
    var initial: JSONObject?
    var pending: [Pending] = []
    var deliveries: [Delivery] = []
    var completions: [Completion] = []
    var extensions = JSONObject()
    var hasNext = false

    /// Whether it has only the member `hasNext`.
    var isEmpty: Bool { initial == nil && pending.isEmpty && deliveries.isEmpty && completions.isEmpty }

    /// The message as JSON text.
    func serialized(as format: IncrementalFormat) -> [UInt8] {
        var message = initial ?? JSONObject()
        switch format {
        case .current: addCurrent(to: &message)
        case .former: addFormer(to: &message)
        }
        if !extensions.isEmpty { message["extensions"] = .object(extensions) }
        message["hasNext"] = .bool(hasNext)
        return JSONValue.object(message).serialized()
    }

    // MARK: - With ids

    private func addCurrent(to message: inout JSONObject) {
        if !pending.isEmpty { message["pending"] = .array(pending.map(\.json)) }
        let entries = deliveries.flatMap(\.entries)
        if !entries.isEmpty { message["incremental"] = .array(entries) }
        guard !completions.isEmpty else { return }
        message["completed"] = .array(
            completions.map { completion in
                var object: JSONObject = ["id": .string("\(completion.pending.id)")]
                if !completion.errors.isEmpty { object["errors"] = .array(completion.errors) }
                return .object(object)
            }
        )
    }

    // MARK: - With paths

    private func addFormer(to message: inout JSONObject) {
        var entries = deliveries.map(\.formerEntry)
        for completion in completions where !completion.errors.isEmpty { entries.append(completion.formerEntry) }
        if !entries.isEmpty { message["incremental"] = .array(entries) }
    }
}

extension IncrementalMessage.Pending {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["id": .string("\(id)"), "path": .array(path)]
        if let label { object["label"] = .string(label) }
        return .object(object)
    }
}

extension IncrementalMessage.Delivery {
    /// The entries of `incremental` that identify the part by its id.
    fileprivate var entries: [JSONValue] {
        var entries: [JSONObject]
        switch content {
        case .items(let items, _):
            entries = items.isEmpty ? [] : [["id": .string("\(pending.id)"), "items": .array(items)]]
        case .fragment(let additions, _), .members(let additions, _, _):
            entries = additions.map { addition in
                var entry: JSONObject = ["id": .string("\(pending.id)")]
                if !addition.subPath.isEmpty { entry["subPath"] = .array(addition.subPath) }
                entry["data"] = .object(addition.members)
                return entry
            }
        }
        if !errors.isEmpty, !entries.isEmpty { entries[0]["errors"] = .array(errors) }
        return entries.map { .object($0) }
    }

    /// The entry of `incremental` that identifies the part by its path and label.
    fileprivate var formerEntry: JSONValue {
        var entry: JSONObject
        switch content {
        case .items(let items, let start), .members(_, let items, let start):
            entry = ["items": .array(items), "path": .array(pending.path + [.integer(start)])]
        case .fragment(_, let whole): entry = ["data": .object(whole), "path": .array(pending.path)]
        }
        if let label = pending.label { entry["label"] = .string(label) }
        if !errors.isEmpty { entry["errors"] = .array(errors) }
        return .object(entry)
    }
}

extension IncrementalMessage.Completion {
    /// The entry of `incremental` for a part without data.
    fileprivate var formerEntry: JSONValue {
        var entry: JSONObject
        switch failedContent {
        case .fragment: entry = ["data": .null, "path": .array(pending.path)]
        case .items(let start): entry = ["items": .null, "path": .array(pending.path + [.integer(start)])]
        }
        if let label = pending.label { entry["label"] = .string(label) }
        entry["errors"] = .array(errors)
        return .object(entry)
    }
}
