internal import GraphQL
internal import JSON

/// What is read of objects: members of their JSON, and of objects within it.
struct ReadMembers: Sendable {
    /// The members of the object itself.
    private(set) var keys: [JSONKey] = []
    /// The members of objects within it that are no entities, which are completed by themselves.
    private(set) var nested: [ReadMember] = []
    /// Whether a field shows the object itself, with all that it has, or a member whose name is not known yet.
    var showsEverything = false

    /// Reads nothing.
    init() {}

    /// Reads members of the object itself.
    init(_ keys: [JSONKey]) {
        for key in keys { add(key) }
    }

    /// Whether nothing is read.
    var isEmpty: Bool { keys.isEmpty && nested.isEmpty && !showsEverything }

    /// All that is read.
    var all: [ReadMember] { keys.map { .own($0) } + nested + (showsEverything ? [.everything] : []) }

    /// The same for rows of a list, which are shown as they are where all of an object is shown.
    var ofRows: ReadMembers {
        var members = self
        members.showsEverything = false
        return members
    }

    /// Adds what others read.
    mutating func formUnion(_ other: ReadMembers) {
        for key in other.keys { add(key) }
        for member in other.nested { add(member) }
        if other.showsEverything { showsEverything = true }
    }

    /// What an object lacks of it.
    func lacking(in document: SourceDocument, at node: Int) -> [ReadMember] {
        all.filter { $0.isLacking(in: document.json, at: node) }
    }

    /// Whether an object has all that is read; `hints` are where its members were in the last one.
    // PERF: for each row of a list and each object from the cache.
    func areShown(in json: JSONDocument, at node: Int, _ hints: inout [Int]) -> Bool {
        guard !showsEverything else { return false }
        if hints.count < keys.count { hints = Array(repeating: 0, count: keys.count) }
        return keys.indices.allSatisfy { json.member(keys[$0].digest, of: node, hint: &hints[$0]) != nil }
            && nested.allSatisfy { !$0.isLacking(in: json, at: node) }
    }

    /// Adds a member, of the object itself or of one within it.
    mutating func add(_ key: JSONKey, within path: [JSONKey] = []) {
        guard path.isEmpty else { return add(.nested(path + [key])) }
        if !keys.contains(key) { keys.append(key) }
    }

    private mutating func add(_ member: ReadMember) {
        if !nested.contains(member) { nested.append(member) }
    }
}
