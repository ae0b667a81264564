/// A path with its endpoint.
struct Route: Sendable {
    let path: String
    let endpoint: any Endpoint
    /// The label in metrics, which several routes may share.
    let label: String
    /// Whether the refusal of an unknown path lists this one.
    let isListed: Bool
    /// Whether bytes of the path may be percent-encoded, as in paths of user-chosen names.
    ///
    /// Paths of other endpoints have one spelling, so that a proxy can restrict access to them by path.
    let takesEncodedPaths: Bool

    /// Makes a route.
    ///
    /// - Parameters:
    ///   - path: the path, which begins with a slash.
    ///   - endpoint: the endpoint.
    ///   - filters: the filters of this route alone; the first one gets requests first.
    ///   - label: the label in metrics; nil: the path.
    ///   - isListed: whether the refusal of an unknown path lists this one.
    ///   - takesEncodedPaths: whether bytes of the path may be percent-encoded.
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
