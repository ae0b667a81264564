internal import ArgumentParser
internal import Upstream

/// The upstreams that a command is given, and how their calls are spent.
struct UpstreamOptions: ParsableArguments {
    @Option(help: "The upstream's base URL, such as https://acme.workestra.app/api/v1: the only workspace.")
    var upstream: String?

    @Option(
        name: .customLong("workspace"),
        help: "A workspace as SLUG=URL; repeat it for several. The key of `Authorization` is for the first."
    )
    var workspace: [String] = []

    @Option(help: "The plan of the keys: anonymous, standard, professional or enterprise; otherwise it is learned.")
    var plan: PlanName = .unlimited

    @Option(help: "The most megabytes of kept answers.")
    var cacheMegabytes: Int = 64

    @Flag(help: "Make the calls of each field as they come, without choosing the way that takes the fewest.")
    var noPlanning = false

    @Flag(help: "Make equal calls again for each field and client.")
    var noSharing = false

    @Flag(help: "Keep no answers.")
    var noCache = false

    /// The plans that are known by name.
    enum PlanName: String, CaseIterable, ExpressibleByArgument {
        case anonymous
        case standard
        case professional
        case enterprise
        case unlimited

        /// The calls in a minute that the plan allows.
        var allowance: Allowance {
            switch self {
            case .anonymous: Allowance(readsPerMinute: 10, writesPerMinute: 5)
            case .standard: Allowance(readsPerMinute: 100, writesPerMinute: 50)
            case .professional: Allowance(readsPerMinute: 500, writesPerMinute: 250)
            case .enterprise: Allowance(readsPerMinute: 2000, writesPerMinute: 1000)
            case .unlimited: .unlimited
            }
        }
    }

    func validate() throws {
        guard (upstream != nil) != !workspace.isEmpty else {
            throw ValidationError("Give either --upstream URL or --workspace SLUG=URL, at least once.")
        }
        let parsed = try named()
        guard Set(parsed.map(\.slug)).count == parsed.count else {
            throw ValidationError("Each --workspace needs a slug of its own.")
        }
        guard cacheMegabytes > 0 else { throw ValidationError("--cache-megabytes must be greater than zero.") }
    }

    /// The workspaces with their base URLs, in order.
    func named() throws -> [(slug: String, url: String)] {
        if let upstream { return [("main", try checked(upstream))] }
        return try workspace.map { text in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
                text[..<equals].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            else {
                throw ValidationError("--workspace must be SLUG=URL; a slug has letters, digits, - and _. Not: \(text)")
            }
            return (String(text[..<equals]), try checked(String(text[text.index(after: equals)...])))
        }
    }

    private func checked(_ url: String) throws -> String {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ValidationError("The base URL \(url) must begin with http:// or https://.")
        }
        return url
    }

    /// Which means to spend fewer calls are in use.
    var spending: SpendingOptions {
        var options = SpendingOptions()
        options.plans = !noPlanning
        options.shares = !noSharing
        options.caches = !noCache
        return options
    }

    /// Makes the workspaces.
    func workspaces(
        conventions: UpstreamConventions,
        transport: any Transport,
        timeout: Duration
    ) throws -> [Workspace] {
        try named().enumerated().map { index, entry in
            Workspace(
                index: index,
                slug: entry.slug,
                client: UpstreamClient(baseURL: entry.url, transport: transport, timeout: timeout),
                conventions: conventions,
                allowance: plan.allowance
            )
        }
    }
}
