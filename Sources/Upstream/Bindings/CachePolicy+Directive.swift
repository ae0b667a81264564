internal import GraphQL

extension CachePolicy {
    /// The cache scope that `@cacheControl` declares.
    enum Scope: String {
        case key = "KEY"
        case workspace = "WORKSPACE"
    }

    /// Reads `@cacheControl` from applied directives; nil if it is not among them.
    init?(in directives: [DirectiveNode]) {
        guard let arguments = DirectiveArguments(.cacheControl, in: directives) else { return nil }
        func seconds(_ name: String) -> Duration { .seconds(max(0, arguments.integer(name) ?? 0)) }
        self.init()
        maxAge = seconds("maxAge")
        staleWhileRevalidate = seconds("staleWhileRevalidate")
        staleIfError = seconds("staleIfError")
        isShared = arguments.string("scope").flatMap { Scope(rawValue: $0) } == .workspace
    }
}
