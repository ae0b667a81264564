internal import GraphQL
internal import JSON

/// The keys of one entity type that are looked for in a workspace, and what has been found.
struct EntitySearch {
    let keys: [String]
    var found: [EntityLoader.Found?]
    /// Rows that lack a member which is read.
    var incomplete: [Int: (document: SourceDocument, node: Int, missing: [JSONKey])] = [:]

    /// Where each member that is read was in the last row.
    var hints: [Int] = []

    init(keys: [String]) {
        self.keys = keys
        found = Array(repeating: nil, count: keys.count)
    }

    /// The positions of keys for which there is nothing yet.
    var open: [Int] { keys.indices.filter { found[$0] == nil && incomplete[$0] == nil } }
}
