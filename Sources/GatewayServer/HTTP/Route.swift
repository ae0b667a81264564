/// A path and what serves it.
struct Route: Sendable {
    let path: String
    let endpoint: any Endpoint
    /// What observers call it, which may be the same for several: each name is a label of metrics.
    let label: String
    /// Whether the refusal of an unknown path names this one.
    let isListed: Bool

    /// Makes a route.
    ///
    /// - Parameters:
    ///   - path: the path, which begins with a slash.
    ///   - endpoint: what serves it.
    ///   - filters: what is before the endpoint on this route alone; the first sees requests first.
    ///   - label: what observers call it; nil: by its path.
    ///   - isListed: whether the refusal of an unknown path names this one.
    init(
        _ path: String,
        _ endpoint: some Endpoint,
        filters: [any HTTPFilter] = [],
        label: String? = nil,
        isListed: Bool = true
    ) {
        self.path = path
        self.label = label ?? path
        self.isListed = isListed
        self.endpoint = endpoint.filtered(by: filters)
    }
}
