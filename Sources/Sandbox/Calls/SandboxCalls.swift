internal import JSON

/// The calls that the sandbox has received since its start or the last reset.
package struct SandboxCalls: Sendable, Equatable {
    /// The calls of one key.
    package struct ByKey: Sendable, Equatable {
        /// All calls, including refused and failed ones.
        package var total = 0

        /// Calls by method and path pattern, such as `GET /issues/:id`.
        package var routes: [String: Int] = [:]

        /// Responses by status.
        ///
        /// A truncated response counts by its status, a reset connection as 0.
        package var statuses: [Int: Int] = [:]
    }

    /// The name for requests without a known key.
    package static let anonymousKey = "anonymous"

    /// All calls of all keys.
    package var total = 0

    /// Calls by key.
    package var keys: [String: ByKey] = [:]

    /// Makes an empty count.
    package init() {}

    /// The number of calls of a route, such as `GET /issues/:id`, with any key.
    package func count(of route: String) -> Int {
        keys.values.reduce(0) { $0 + ($1.routes[route] ?? 0) }
    }

    /// The number of responses with a status, with any key.
    package func count(ofStatus status: Int) -> Int {
        keys.values.reduce(0) { $0 + ($1.statuses[status] ?? 0) }
    }

    /// Counts one call and its response.
    mutating func record(key: String?, route: String, status: Int) {
        total += 1
        keys[key ?? Self.anonymousKey, default: ByKey()].record(route: route, status: status)
    }

    /// The JSON of the response to `GET /_sandbox/calls`.
    func json() -> JSONValue {
        let keys = keys.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json()) }
        return .object(JSONObject([("total", .integer(total)), ("keys", .object(JSONObject(keys)))]))
    }
}

extension SandboxCalls.ByKey {
    fileprivate mutating func record(route: String, status: Int) {
        total += 1
        routes[route, default: 0] += 1
        statuses[status, default: 0] += 1
    }

    fileprivate func json() -> JSONValue {
        let routes = routes.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer($0.value)) }
        let statuses = statuses.sorted { $0.key < $1.key }.map { (String($0.key), JSONValue.integer($0.value)) }
        return .object(
            JSONObject([
                ("total", .integer(total)), ("routes", .object(JSONObject(routes))),
                ("statuses", .object(JSONObject(statuses))),
            ])
        )
    }
}
