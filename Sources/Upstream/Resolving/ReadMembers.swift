internal import GraphQL
internal import JSON

/// The members of JSON objects that a selection reads, including those of nested objects.
struct ReadMembers: Sendable {
    /// The members of the object itself.
    private(set) var keys: [JSONKey] = []
    /// The members of nested objects that are no entities, because entities are completed by themselves.
    private(set) var nested: [ReadMember] = []
    /// Whether a field shows the whole object, or a member whose name is not known yet.
    var showsEverything = false

    /// Makes a set that reads no members.
    init() {}

    /// Makes a set of members of the object itself.
    init(_ keys: [JSONKey]) {
        for key in keys { add(key) }
    }

    /// Whether no member is read.
    var isEmpty: Bool { keys.isEmpty && nested.isEmpty && !showsEverything }

    /// All members that are read.
    var all: [ReadMember] { keys.map { .own($0) } + nested + (showsEverything ? [.everything] : []) }

    /// The same members for rows of a list, which are not completed for a field that shows the whole object.
    var ofRows: ReadMembers {
        var members = self
        members.showsEverything = false
        return members
    }

    /// Adds the members of another set.
    mutating func formUnion(_ other: ReadMembers) {
        for key in other.keys { add(key) }
        for member in other.nested { add(member) }
        if other.showsEverything { showsEverything = true }
    }

    /// The members of the set that an object lacks.
    func lacking(in document: SourceDocument, at node: Int) -> [ReadMember] {
        all.filter { $0.isLacking(in: document.json, at: node) }
    }

    /// Whether an object has all members; `hints` are the indices at which the last object had its members.
    // PERF: for each row of a list and each object from the cache.
    func areShown(in json: JSONDocument, at node: Int, _ hints: inout [Int]) -> Bool {
        guard !showsEverything else { return false }
        if hints.count < keys.count { hints = Array(repeating: 0, count: keys.count) }
        return keys.indices.allSatisfy { json.member(keys[$0].digest, of: node, hint: &hints[$0]) != nil }
            && nested.allSatisfy { !$0.isLacking(in: json, at: node) }
    }

    /// Adds a member of the object itself, or of the nested object at a path.
    mutating func add(_ key: JSONKey, within path: [JSONKey] = []) {
        guard path.isEmpty else { return add(.nested(path + [key])) }
        if !keys.contains(key) { keys.append(key) }
    }

    private mutating func add(_ member: ReadMember) {
        if !nested.contains(member) { nested.append(member) }
    }
}
