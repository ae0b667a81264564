private import ContentCodings
internal import Gateway
internal import NIOHTTP1

/// Serves one file.
struct StaticFileEndpoint: Endpoint {
    private let file: StaticFile
    private let tag: String
    private let compressed: [UInt8]?
    /// Whether it is only served to browsers, which accept HTML: for other clients the path does not exist.
    private let isForBrowsersOnly: Bool
    /// Whether it is the page of a folder, whose path has to end with a slash so that the page's relative links work.
    private let isFolder: Bool

    /// The supported methods.
    static let methods = "GET, HEAD"

    init(_ file: StaticFile, isForBrowsersOnly: Bool = false, isFolder: Bool = false) {
        self.file = file
        self.isForBrowsersOnly = isForBrowsersOnly
        self.isFolder = isFolder
        tag = "\"\(EntityTag.digest(file.bytes))\""
        let smaller = Gzip.compress(file.bytes)
        compressed = smaller.flatMap { $0.count < file.bytes.count ? $0 : nil }
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard !isForBrowsersOnly || Self.takesHTML(request) else {
            let message = "This path has a page for browsers. Send requests to /graphql, /rpc or /mcp."
            return .now(.error(.notFound, .pathNotFound, message))
        }
        guard request.method == .GET || request.method == .HEAD else {
            return .now(.methodNotAllowed(allowed: Self.methods))
        }
        if isFolder, request.path.last != "/" {
            return .now(HTTPResponse(status: .permanentRedirect).with("location", "\(request.path)/"))
        }
        guard EntityTag.meetsMatch(request.header("if-match")) else { return .now(.preconditionFailed) }
        if EntityTag.list(request.header("if-none-match"), contains: tag) {
            return .now(described(HTTPResponse(status: .notModified)))
        }
        if let compressed, ContentCoding.acceptsGzip(request.header("accept-encoding")) {
            let response = HTTPResponse(status: .ok, contentType: file.contentType, body: compressed)
            return .now(described(response.with("content-encoding", "gzip")))
        }
        return .now(described(HTTPResponse(status: .ok, contentType: file.contentType, body: file.bytes)))
    }

    /// Whether `Accept` names HTML, as browsers do.
    private static func takesHTML(_ request: HTTPRequest) -> Bool {
        HeaderList.split((request.header("accept") ?? "")[...], on: ",").contains { MediaType($0)?.name == "text/html" }
    }

    private func described(_ response: HTTPResponse) -> HTTPResponse {
        response.with([
            ("etag", "W/\(tag)"), ("cache-control", "no-cache"), ("vary", "accept, accept-encoding"),
            ("content-security-policy", Self.contentSecurityPolicy), ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"), ("cross-origin-opener-policy", "same-origin"),
        ])
    }

    /// The policy of pages: they may only load from and call their own origin, and have no inline scripts.
    ///
    /// https://www.w3.org/TR/CSP3/
    private static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src 'self' data:; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """
}
