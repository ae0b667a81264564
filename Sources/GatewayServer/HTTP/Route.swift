/// A path and what serves it.
struct Route: Sendable {
    let path: String
    let endpoint: any Endpoint
    /// Whether the refusal of an unknown path names this one.
    let isListed: Bool

    /// Makes a route.
    ///
    /// - Parameters:
    ///   - path: the path, which begins with a slash.
    ///   - endpoint: what serves it.
    ///   - filters: what is before the endpoint on this route alone; the first sees requests first.
    ///   - isListed: whether the refusal of an unknown path names this one.
    init(_ path: String, _ endpoint: some Endpoint, filters: [any HTTPFilter] = [], isListed: Bool = true) {
        self.path = path
        self.isListed = isListed
        self.endpoint = endpoint.filtered(by: filters)
    }
}
