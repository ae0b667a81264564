package import Upstream

/// The state of a service at one time, for metrics.
package struct GatewayStatus: Sendable {
    /// The use of one cache.
    package struct Cache: Sendable, Hashable {
        /// The name of the cache.
        package let name: String
        /// The bytes that it uses.
        package let bytes: Int
        /// The most bytes that it may use; nil: its limit is not one of bytes.
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
    /// The number of upstream calls in flight that others may join.
    package let pendingCalls: Int
    /// The number of executions in progress that equal operations may join.
    package let pendingExecutions: Int
}
