internal import GraphQL
internal import JSON

/// One GET of the upstream: what makes two of them the same for one client request.
// PERF: hashed once, when it is made, as several tables look for it.
package struct Call: Sendable, Hashable {
    /// The index of the workspace that is asked.
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
