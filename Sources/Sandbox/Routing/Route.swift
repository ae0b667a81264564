/// The route of a request, by method and path.
enum Route: Hashable, Sendable {
    /// `GET /projects`
    case list(Resource)
    /// `POST /projects`
    case create(Resource)
    /// `GET /projects/:id`
    case read(Resource, id: String)
    /// `PATCH /projects/:id`
    case update(Resource, id: String)
    /// `DELETE /projects/:id`
    case delete(Resource, id: String)
    /// A path of the API with a method that it does not have.
    case wrongMethod(allow: String)
    /// A path that the API does not have.
    case unknown

    private static let prefix = ["api", "v1"]

    /// Finds the route of a method and a path.
    init(method: String, segments: [String]) {
        let isKnown = segments.count > 2 && segments.count < 5 && segments.starts(with: Self.prefix)
        guard isKnown, let resource = Resource(rawValue: segments[2]) else {
            self = .unknown
            return
        }
        if segments.count == 3 {
            switch method {
            case "GET": self = .list(resource)
            case "POST": self = .create(resource)
            default: self = .wrongMethod(allow: "GET, POST")
            }
        } else if segments[3].isEmpty {
            self = .unknown
        } else {
            switch method {
            case "GET": self = .read(resource, id: segments[3])
            case "PATCH": self = .update(resource, id: segments[3])
            case "DELETE": self = .delete(resource, id: segments[3])
            default: self = .wrongMethod(allow: "GET, PATCH, DELETE")
            }
        }
    }

    /// The method and path by which calls are counted.
    var label: String {
        switch self {
        case .list(.projects): "GET /projects"
        case .list(.issues): "GET /issues"
        case .create(.projects): "POST /projects"
        case .create(.issues): "POST /issues"
        case .read(.projects, _): "GET /projects/:id"
        case .read(.issues, _): "GET /issues/:id"
        case .update(.projects, _): "PATCH /projects/:id"
        case .update(.issues, _): "PATCH /issues/:id"
        case .delete(.projects, _): "DELETE /projects/:id"
        case .delete(.issues, _): "DELETE /issues/:id"
        case .wrongMethod, .unknown: "other"
        }
    }
}
