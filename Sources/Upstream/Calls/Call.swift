internal import GraphQL
internal import JSON

/// One GET of the upstream, as it is compared with others: equal calls of a client request are made once.
// PERF: hashed once, when it is made, because several tables look it up.
package struct Call: Sendable, Hashable {
    /// The index of the workspace that is called.
    package let workspace: Int
    /// The path and query below the base URL.
    package let path: String
    /// A keyed hash of both.
    package let hashValue: Int

    package init(workspace: Int = 0, path: String) {
        self.workspace = workspace
        self.path = path
        hashValue = KeyedDigest.combining(KeyedDigest.of(path), workspace)
    }

    package static func == (left: Call, right: Call) -> Bool {
        left.hashValue == right.hashValue && left.workspace == right.workspace && left.path == right.path
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hashValue) }
}
