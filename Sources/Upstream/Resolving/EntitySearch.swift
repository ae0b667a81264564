internal import GraphQL
internal import JSON

/// A search for keys of one entity type in a workspace, with the results so far.
struct EntitySearch {
    let keys: [String]
    var found: [EntityLoader.Found?]
    /// The representations that lack a selected member, by position of the key.
    var partial: [Int: PartialObject] = [:]

    /// The index at which each selected member was found in the last row.
    var hints: [Int] = []

    init(keys: [String]) {
        self.keys = keys
        found = Array(repeating: nil, count: keys.count)
    }

    /// The positions of the keys that have no result yet.
    var open: [Int] { keys.indices.filter { found[$0] == nil && partial[$0] == nil } }
}
