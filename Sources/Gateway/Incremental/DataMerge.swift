internal import GraphQL
internal import JSON

/// Merges the data of a deferred fragment into the data that the client has received.
struct DataMerge {
    /// The members that the client has not received, in the order of the fragment.
    private(set) var additions: [DataAddition] = []
    /// Whether a null in a non-null position would remove data that the client has received: then the fragment fails.
    private(set) var hasFailed = false
    private var subPath: [JSONValue] = []
    private let errors: [PartError]

    /// Begins with the errors of the fragment.
    init(errors: [PartError]) {
        self.errors = errors
    }

    /// Adds the fragment's fields to an object.
    mutating func add(_ fields: JSONObject, to known: inout JSONObject) {
        var members = JSONObject()
        var inner: [(key: String, new: JSONValue, old: JSONValue)] = []
        for (key, value) in fields where PlanPart.number(inKey: key) == nil {
            if let old = known[key] {
                inner.append((key, value, old))
            } else {
                members[key] = value.withoutParts
            }
        }
        if !members.isEmpty {
            additions.append(DataAddition(subPath: subPath, members: members))
            for (key, value) in members { known[key] = value }
        }
        for (key, new, old) in inner { known[key] = merged(new, into: old, at: .string(key)) }
    }

    /// Merges the items of a list, from an index on, into the known items.
    mutating func add(_ items: [JSONValue], from start: Int, to known: inout [JSONValue]) {
        for (index, new) in zip(start..<max(start, known.count), items) {
            known[index] = merged(new, into: known[index], at: .integer(index))
        }
    }

    private mutating func merged(_ new: JSONValue, into old: JSONValue, at step: JSONValue) -> JSONValue {
        subPath.append(step)
        defer { subPath.removeLast() }
        switch (new, old) {
        case (.object(let new), .object(var old)):
            add(new, to: &old)
            return .object(old)
        case (.array(let new), .array(var old)):
            for index in 0..<min(new.count, old.count) {
                old[index] = merged(new[index], into: old[index], at: .integer(index))
            }
            return .array(old)
        case (.null, .object), (.null, .array):
            if errors.contains(where: { $0.rest.starts(with: subPath) }) { hasFailed = true }
            return old
        default: return old
        }
    }
}

extension JSONValue {
    /// The value without the fields that represent parts.
    var withoutParts: JSONValue {
        switch self {
        case .object(let object):
            var members = JSONObject()
            for (key, value) in object where PlanPart.number(inKey: key) == nil { members[key] = value.withoutParts }
            return .object(members)
        case .array(let items): return .array(items.map(\.withoutParts))
        case .null, .bool, .number, .string: return self
        }
    }

    /// Whether the value at a path is present, or a null above it prevents it.
    func isSettled(at path: some Sequence<JSONValue>) -> Bool {
        var value = self
        for step in path {
            switch (step, value) {
            case (.string(let key), .object(let object)):
                guard let inner = object[key] else { return false }
                value = inner
            case (.number(let number), .array(let items)):
                guard let index = number.intValue, items.indices.contains(index) else { return false }
                value = items[index]
            default: return true
            }
        }
        return true
    }
}
