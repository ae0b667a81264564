/// The pages for browsers that a server has.
package struct Pages: Sendable {
    /// The explorer of the API: its page `index.html` is served at `/`, everything at `/explorer/`.
    package var explorer: [StaticFile] = []
    /// Files of the operator's own, served at `/static/`.
    package var own: [StaticFile] = []

    package init() {}

    /// The routes of the pages for clients.
    var routes: [Route] {
        let index = explorer.first { $0.path == Self.index }
        let root = index.map { [Route("/", StaticFileEndpoint($0, isForBrowsersOnly: true))] } ?? []
        return root + Self.routes(explorer, at: "/explorer") + Self.routes(own, at: "/static")
    }

    /// The files of the cockpit, served to operators at `/cockpit/`.
    package var cockpit: [StaticFile] = []

    /// The routes of the pages for operators.
    var cockpitRoutes: [Route] { Self.routes(cockpit, at: "/cockpit") }

    /// The page of a folder.
    static let index = "index.html"

    /// The routes of a folder's files, of which there may be many: they are one for observers, and no refusal names them.
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
