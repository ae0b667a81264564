/// The pages for browsers.
package struct Pages: Sendable {
    /// The files of the API explorer: `index.html` is served at `/`, all files at `/explorer/`.
    package var explorer: [StaticFile] = []
    /// The operator's own files, served at `/static/`.
    package var own: [StaticFile] = []

    package init() {}

    /// The routes of the pages for clients.
    var routes: [Route] {
        let index = explorer.first { $0.path == Self.index }
        let root = index.map { [Route("/", StaticFileEndpoint($0, isForBrowsersOnly: true))] } ?? []
        return root + Self.routes(explorer, at: "/explorer") + Self.routes(own, at: "/static")
    }

    /// The files of the operators' page, served at `/cockpit/`.
    package var cockpit: [StaticFile] = []

    /// The routes of the pages for operators.
    var cockpitRoutes: [Route] { Self.routes(cockpit, at: "/cockpit") }

    /// The name of a folder's page.
    static let index = "index.html"

    /// The routes of a folder's files; they share one label in metrics, and refusals do not list them.
    private static func routes(_ files: [StaticFile], at path: String) -> [Route] {
        func route(_ file: String, _ endpoint: StaticFileEndpoint) -> Route {
            Route(file, endpoint, label: "\(path)/", isListed: file == path, takesEncodedPaths: true)
        }
        return files.flatMap { file in
            let own = route("\(path)/\(file.path)", StaticFileEndpoint(file))
            guard file.path == index || file.path.hasSuffix("/\(index)") else { return [own] }
            let folder = file.path.dropLast(index.count)
            let page = StaticFileEndpoint(file, isFolder: true)
            return [own, route(folder.isEmpty ? path : "\(path)/\(folder.dropLast())", page)]
        }
    }
}
