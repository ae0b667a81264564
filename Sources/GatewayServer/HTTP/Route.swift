/// A path and what serves it.
struct Route: Sendable {
    let path: String
    let endpoint: any Endpoint
    /// What observers call it, which may be the same for several: each name is a label of metrics.
    let label: String
    /// Whether the refusal of an unknown path names this one.
    let isListed: Bool
    /// Whether bytes of the path may come percent-encoded, as those of names that people choose.
    ///
    /// The paths of other endpoints are spelled in one way: what a proxy keeps from strangers by its path has no other one.
    let takesEncodedPaths: Bool

    /// Makes a route.
    ///
    /// - Parameters:
    ///   - path: the path, which begins with a slash.
    ///   - endpoint: what serves it.
    ///   - filters: what is before the endpoint on this route alone; the first sees requests first.
    ///   - label: what observers call it; nil: by its path.
    ///   - isListed: whether the refusal of an unknown path names this one.
    ///   - takesEncodedPaths: whether bytes of the path may come percent-encoded.
    init(
        _ path: String,
        _ endpoint: some Endpoint,
        filters: [any HTTPFilter] = [],
        label: String? = nil,
        isListed: Bool = true,
        takesEncodedPaths: Bool = false
    ) {
        self.path = path
        self.label = label ?? path
        self.isListed = isListed
        self.takesEncodedPaths = takesEncodedPaths
        self.endpoint = endpoint.filtered(by: filters)
    }
}
