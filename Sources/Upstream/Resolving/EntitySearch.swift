internal import GraphQL
internal import JSON

/// The keys of one entity type that are looked for in a workspace, and what has been found.
struct EntitySearch {
    let keys: [String]
    var found: [EntityLoader.Found?]
    /// Representations that lack a member which is read.
    var partial: [Int: PartialObject] = [:]

    /// Where each member that is read was in the last row.
    var hints: [Int] = []

    init(keys: [String]) {
        self.keys = keys
        found = Array(repeating: nil, count: keys.count)
    }

    /// The positions of keys for which there is nothing yet.
    var open: [Int] { keys.indices.filter { found[$0] == nil && partial[$0] == nil } }
}
