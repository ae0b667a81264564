package import Upstream

/// What a service holds at one time, for metrics.
package struct GatewayStatus: Sendable {
    /// The use of one cache.
    package struct Cache: Sendable, Hashable {
        /// Which one it is.
        package let name: String
        /// The bytes that it takes up.
        package let bytes: Int
        /// The most bytes that it may take up; nil: its limit is another one.
        package let capacity: Int?

        package init(name: String, bytes: Int, capacity: Int?) {
            self.name = name
            self.bytes = bytes
            self.capacity = capacity
        }

        /// The use of a cache in several parts.
        package init(name: String, parts: [(bytes: Int, capacity: Int)]) {
            self.init(
                name: name,
                bytes: parts.reduce(0) { $0 + $1.bytes },
                capacity: parts.reduce(0) { $0 + $1.capacity }
            )
        }
    }

    package let workspaces: [WorkspaceStatus]
    package var caches: [Cache]
    /// How many upstream calls are in flight that others may join.
    package let pendingCalls: Int
    /// How many executions are in progress that equal operations may join.
    package let pendingExecutions: Int
}
