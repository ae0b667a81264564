/// A path and what serves it.
struct Route: Sendable {
    let path: String
    let endpoint: any Endpoint

    /// Makes a route.
    ///
    /// - Parameters:
    ///   - path: the path, which begins with a slash.
    ///   - endpoint: what serves it.
    ///   - filters: what is before the endpoint on this route alone; the first sees requests first.
    init(_ path: String, _ endpoint: some Endpoint, filters: [any HTTPFilter] = []) {
        self.path = path
        self.endpoint = endpoint.filtered(by: filters)
    }
}
